/** Events on Kafka: topics, their codec, publishers, the poll loops that feed handlers, and dead letters. */
package io.surstream.streaming;
