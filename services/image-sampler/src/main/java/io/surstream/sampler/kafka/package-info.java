/** The edge towards Kafka: encoded prompts in, progress and ends of jobs out. */
package io.surstream.sampler.kafka;
