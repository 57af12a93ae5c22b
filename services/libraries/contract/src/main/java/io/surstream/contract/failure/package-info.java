/** Failures as messages, and as gRPC carries them. */
package io.surstream.contract.failure;
