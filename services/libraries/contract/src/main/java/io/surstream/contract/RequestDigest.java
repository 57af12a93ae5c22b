package io.surstream.contract;

import io.surstream.v1.PromptSubmitted;

/** Identifies a request, independent of client and time: equal digests mean equal requests. */
public final class RequestDigest {

    private RequestDigest() {}

    /** @return lower-case hex SHA-256 of the submission without job id and time (the message has no map field, so its bytes are stable) */
    public static String of(PromptSubmitted submission) {
        PromptSubmitted request =
                submission.toBuilder().clearJobId().clearSubmittedAtMs().build();
        return Sha256.of(request.toByteArray());
    }

    /** @return lower-case hex SHA-256 of a record's value that nobody can read: no readable request has this digest */
    public static String ofUnreadable(byte[] value) {
        return Sha256.of(value);
    }
}
