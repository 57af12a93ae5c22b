/** The edge: imports and reports over gRPC. */
package io.surstream.curator.grpc;
