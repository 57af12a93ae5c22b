/** First stage: which checkpoints can be evaluated at all. */
package io.surstream.evaluator.validation;
