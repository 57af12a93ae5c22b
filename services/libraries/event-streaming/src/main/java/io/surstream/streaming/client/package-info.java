/**
 * Kafka clients with this product's defaults. Services use {@link KafkaSettings}, {@link EventPublisher} and {@link OversizedEventException}; the rest is public
 * only for this module's other packages and platform-setup.
 */
package io.surstream.streaming.client;
