/** Prompt events in, prompt embeddings out: validation, encode, publish. */
package io.surstream.encoder;
