/** The edge towards gRPC. */
package io.surstream.encoder.grpc;
