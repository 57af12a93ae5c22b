/** The edge towards Kafka: published checkpoints in, evaluations and promotions out. */
package io.surstream.evaluator.kafka;
