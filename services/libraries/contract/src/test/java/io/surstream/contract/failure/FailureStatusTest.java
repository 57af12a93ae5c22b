package io.surstream.contract.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InternalMetadata;
import io.grpc.StatusRuntimeException;
import io.surstream.v1.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureStatusTest {
    /** What grpc-java and grpc-go take by default. */
    private static final int CLIENT_LIMIT = 8 * 1024;

    @Test
    void a_failure_comes_back_as_it_was_sent() {
        Failure failure = Failure.newBuilder()
                .setType("INVALID_ARGUMENT")
                .setField("prompt")
                .setValue("größer ✓")
                .setMessage("prompt is wrong")
                .build();

        assertEquals(failure, FailureStatus.in(FailureStatus.of(failure)).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "永", "🙂"})
    void a_failure_of_any_length_fits_what_clients_take(String letter) {
        String endless = letter.repeat(20_000);
        Failure failure = Failure.newBuilder()
                .setType("INVALID_ARGUMENT")
                .setField(endless)
                .setValue(endless)
                .setLimit(endless)
                .setMessage(endless)
                .setStage(endless)
                .build();

        StatusRuntimeException status = FailureStatus.of(failure);

        assertTrue(size(status) < CLIENT_LIMIT - 1_024, "leaves no room for other headers: " + size(status));
        Failure back = FailureStatus.in(status).orElseThrow();
        assertEquals("INVALID_ARGUMENT", back.getType());
        assertTrue(back.getMessage().startsWith(letter.repeat(100)), back.getMessage());
        assertTrue(back.getMessage().endsWith(letter + '…'), back.getMessage());
    }

    /** As HTTP/2 counts headers: 32 bytes each on top; the message percent-encoded, the trailer in base64. */
    private static int size(StatusRuntimeException status) {
        byte[][] trailers = InternalMetadata.serialize(status.getTrailers());
        int trailer = Base64.getEncoder().encode(trailers[1]).length + trailers[0].length + 32;
        String message = URLEncoder.encode(status.getStatus().getDescription(), StandardCharsets.UTF_8);
        return trailer + message.length() + "grpc-message".length() + 32;
    }
}
