/** The llm-teacher service: prompt → hidden state of one layer of a language model; Kafka and gRPC. */
package io.surstream.teacher;
