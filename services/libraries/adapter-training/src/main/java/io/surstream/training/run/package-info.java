/** A training run of the SUR-adapter: fresh, from an adapter, or from a checkpoint, one optimizer step at a time. */
package io.surstream.training.run;
