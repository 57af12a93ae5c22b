/** The edge towards gRPC: evaluates on request, stores and publishes nothing. */
package io.surstream.evaluator.grpc;
