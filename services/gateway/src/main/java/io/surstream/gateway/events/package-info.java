/** The edge to Kafka: records to events, requests to events. */
package io.surstream.gateway.events;
