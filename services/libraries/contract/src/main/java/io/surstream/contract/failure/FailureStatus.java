package io.surstream.contract.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.v1.Failure;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Failure} as gRPC carries it: a status that every client understands, and the failure in a trailer. Both are
 * shortened to what fits: clients accept 8 KiB of trailers by default, and lose the whole status beyond.
 */
public final class FailureStatus {
    private static final Metadata.Key<byte[]> TRAILER =
            Metadata.Key.of("surstream-failure-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** UTF-8 bytes of the message. It travels twice: percent-encoded, at worst three times as long, and in base64. */
    private static final int MOST_OF_MESSAGE = 1_000;

    private static final int MOST_OF_A_FIELD = 250;

    private FailureStatus() {}

    public static StatusRuntimeException of(Failure failure) {
        Failure fitting = fitting(failure);
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, fitting.toByteArray());
        return status(failure.getType()).withDescription(fitting.getMessage()).asRuntimeException(trailers);
    }

    /** The same for an answer that no gRPC library writes: the headers of a failure whose message is in ASCII. */
    public static Map<String, String> headers(Failure failure) {
        return Map.of(
                "grpc-message",
                failure.getMessage(),
                TRAILER.name(),
                Base64.getEncoder().encodeToString(fitting(failure).toByteArray()));
    }

    private static Failure fitting(Failure failure) {
        return failure.toBuilder()
                .setType(shortened(failure.getType(), MOST_OF_A_FIELD))
                .setField(shortened(failure.getField(), MOST_OF_A_FIELD))
                .setValue(shortened(failure.getValue(), MOST_OF_A_FIELD))
                .setLimit(shortened(failure.getLimit(), MOST_OF_A_FIELD))
                .setMessage(shortened(failure.getMessage(), MOST_OF_MESSAGE))
                .setStage(shortened(failure.getStage(), MOST_OF_A_FIELD))
                .build();
    }

    /** @return at most so many bytes of UTF-8, and an ellipsis where something is missing */
    private static String shortened(String text, int most) {
        if (text.length() <= most && text.getBytes(UTF_8).length <= most) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(most);
        CharBuffer chars = CharBuffer.wrap(text);
        // Stops before the character that no longer fits.
        UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE).encode(chars, bytes, true);
        return text.substring(0, chars.position()) + '…';
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
