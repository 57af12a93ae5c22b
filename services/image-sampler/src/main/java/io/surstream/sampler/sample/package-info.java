/** Second stage: embeddings to pictures. */
package io.surstream.sampler.sample;
