/** Checkpoints in the store: uploaded, announced, fetched again, and removed when they are old. */
package io.surstream.trainer.checkpoint;
