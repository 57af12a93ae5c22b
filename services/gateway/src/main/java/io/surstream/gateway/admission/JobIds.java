package io.surstream.gateway.admission;

import io.surstream.contract.Sha256;
import io.surstream.gateway.problem.FieldViolation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Names jobs: by the client's idempotency key, or fresh. */
public final class JobIds {

    private static final int MAX_KEY = 255;

    private JobIds() {}

    public static String fresh() {
        return UUID.randomUUID().toString();
    }

    /**
     * @return "key-" and 32 hex digits of the key's SHA-256: the same key names the same job on every gateway,
     *     permanently
     * @throws InvalidRequestException when the key is blank, longer than 255 characters or has control characters
     */
    public static String ofKey(String idempotencyKey) {
        if (idempotencyKey.isBlank()
                || idempotencyKey.length() > MAX_KEY
                || idempotencyKey.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException(List.of(FieldViolation.invalid(
                    "Idempotency-Key",
                    '"' + idempotencyKey + '"',
                    "1 to " + MAX_KEY + " characters, not blank, without control characters")));
        }
        return "key-"
                + Sha256.of(idempotencyKey.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
