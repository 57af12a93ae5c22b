/** Second stage: what each picture gets right, and what of it tells of quality. */
package io.surstream.evaluation.measure;
