/** Checkpoints: validated, fetched, and their evaluations kept. */
package io.surstream.evaluator.checkpoint;
