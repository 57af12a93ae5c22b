/** Runs: found, taken, carried to their end by one process at a time. */
package io.surstream.trainer.run;
