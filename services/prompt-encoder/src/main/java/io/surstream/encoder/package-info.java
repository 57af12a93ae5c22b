/** Prompt events in, prompt embeddings out: intake, encode, publish. */
package io.surstream.encoder;
