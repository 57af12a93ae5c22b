/** Second stage: a checkpoint's files, verified. */
package io.surstream.evaluator.fetch;
