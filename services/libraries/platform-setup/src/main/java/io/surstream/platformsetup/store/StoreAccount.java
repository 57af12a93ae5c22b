package io.surstream.platformsetup.store;

import java.util.Optional;

/**
 * An account of the store as it should be.
 *
 * @param secretKey empty where nobody has said it: such an account is not made
 */
public record StoreAccount(String accessKey, Optional<String> secretKey) {
    /** MinIO's own limits. */
    private static final int SHORTEST_ACCESS_KEY = 3;

    private static final int SHORTEST_SECRET = 8;

    public StoreAccount {
        if (accessKey.length() < SHORTEST_ACCESS_KEY) {
            throw new IllegalArgumentException("an access key must have " + SHORTEST_ACCESS_KEY
                    + " characters or more but \"" + accessKey + "\" has not");
        }
        secretKey.ifPresent(secret -> {
            if (secret.length() < SHORTEST_SECRET) {
                throw new IllegalArgumentException("the secret key of account " + accessKey + " must have "
                        + SHORTEST_SECRET + " characters or more but has " + secret.length());
            }
        });
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "StoreAccount[" + accessKey + ", secret key " + (secretKey.isPresent() ? "given" : "not given") + ']';
    }
}
