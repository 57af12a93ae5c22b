/** The edge to Kafka: records to facts, requests to events. */
package io.surstream.gateway.events;
