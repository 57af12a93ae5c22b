/** Kafka edge: requests, examples and promotions in, progress and checkpoints out. */
package io.surstream.trainer.kafka;
