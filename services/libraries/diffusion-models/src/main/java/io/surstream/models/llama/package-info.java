/** Decoders of the LLaMA family, run as teachers: token ids in, hidden states out. */
package io.surstream.models.llama;
