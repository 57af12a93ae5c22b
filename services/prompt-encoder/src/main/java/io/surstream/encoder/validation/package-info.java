/** First stage: which submitted prompts can be encoded, and why others cannot. */
package io.surstream.encoder.validation;
