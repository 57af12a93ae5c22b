/** gRPC edge: start, stop and watch a run. */
package io.surstream.trainer.grpc;
