/** The edge towards Kafka. */
package io.surstream.teacher.kafka;
