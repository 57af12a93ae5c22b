/** A run's whole state as a folder: written last file last, verified when opened. */
package io.surstream.training.checkpoint;
