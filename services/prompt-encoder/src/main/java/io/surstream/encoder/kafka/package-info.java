/** The edge towards Kafka: submitted prompts in, encoded prompts and refusals out. */
package io.surstream.encoder.kafka;
