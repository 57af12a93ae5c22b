/** Prompts through the whole house, from the edges that an app sees: Kafka, REST, gRPC, the command line. */
package io.surstream.it.flow;
