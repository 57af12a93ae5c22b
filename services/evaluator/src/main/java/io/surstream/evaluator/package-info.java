/** The evaluator service: whether a checkpoint is better than what is live, and what follows from it. */
package io.surstream.evaluator;
