/** Fourth stage: reports in object storage, one a revision. */
package io.surstream.evaluator.store;
