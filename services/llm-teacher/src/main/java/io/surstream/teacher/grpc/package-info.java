/** The edge towards gRPC. */
package io.surstream.teacher.grpc;
