package io.surstream.contract.failure;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.v1.Failure;
import java.util.Optional;

/** A {@link Failure} as gRPC carries it: a status that every client understands, and the whole message in a trailer. */
public final class FailureStatus {
    private static final Metadata.Key<byte[]> TRAILER =
            Metadata.Key.of("surstream-failure-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private FailureStatus() {}

    public static StatusRuntimeException of(Failure failure) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, failure.toByteArray());
        return status(failure.getType()).withDescription(failure.getMessage()).asRuntimeException(trailers);
    }

    /** The failure that a server of ours sent; empty when the error came from anywhere else. */
    public static Optional<Failure> in(StatusRuntimeException error) {
        byte[] bytes = error.getTrailers() == null ? null : error.getTrailers().get(TRAILER);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Failure.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Status status(String type) {
        return FailureType.of(type).map(FailureType::status).orElse(Status.INVALID_ARGUMENT);
    }
}
