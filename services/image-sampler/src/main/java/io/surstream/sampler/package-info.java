/** Prompt embeddings in, pictures out: validation, sample, store, publish. */
package io.surstream.sampler;
