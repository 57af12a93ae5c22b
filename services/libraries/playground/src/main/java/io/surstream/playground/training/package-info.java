/** Trains the playground's base model from scratch: tokenizer, text encoder, autoencoder, UNet, in this order. */
package io.surstream.playground.training;
