/** Prompt embeddings in, pictures out: intake, sample, store, publish. */
package io.surstream.sampler;
