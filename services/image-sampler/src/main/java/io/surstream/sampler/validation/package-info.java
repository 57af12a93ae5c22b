/** First stage: which encoded prompts can be sampled, and why others cannot. */
package io.surstream.sampler.validation;
