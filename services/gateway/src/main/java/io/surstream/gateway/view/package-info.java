/**
 * The job view on Kafka Streams: a router brings the events of five topics together by job id, a fold makes one state a job of them.
 * Nothing that a record holds ends a thread here.
 */
package io.surstream.gateway.view;
