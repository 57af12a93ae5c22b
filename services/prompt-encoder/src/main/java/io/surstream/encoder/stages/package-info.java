/** The stages put together, between the edges. */
package io.surstream.encoder.stages;
