/** The edge towards gRPC. */
package io.surstream.sampler.grpc;
