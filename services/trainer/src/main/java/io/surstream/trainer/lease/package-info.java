/** Second stage: which trainer has a run, decided by conditional puts and heartbeats in the store. */
package io.surstream.trainer.lease;
