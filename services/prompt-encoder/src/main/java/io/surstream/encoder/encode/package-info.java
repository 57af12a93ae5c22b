/** Second stage: texts to embeddings, through text encoder and adapter. */
package io.surstream.encoder.encode;
