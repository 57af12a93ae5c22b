/** Prompt embeddings in, images out: validation, sample, store, publish. */
package io.surstream.sampler;
