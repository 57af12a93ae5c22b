/** The settings of prompt-encoder. */
package io.surstream.encoder.config;
