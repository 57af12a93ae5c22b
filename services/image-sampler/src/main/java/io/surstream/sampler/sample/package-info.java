/** Second stage: embeddings to images. */
package io.surstream.sampler.sample;
