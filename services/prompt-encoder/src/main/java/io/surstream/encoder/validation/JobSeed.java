package io.surstream.encoder.validation;

import io.surstream.contract.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The seed of a job that names none: the same job id always draws the same image. */
final class JobSeed {
    private JobSeed() {}

    /** The first 32 bits of the id's SHA-256, 0..2³²−1: the range of seeds that other tools show and accept. */
    static long of(String jobId) {
        byte[] digest = Sha256.digest().digest(jobId.getBytes(StandardCharsets.UTF_8));
        return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
    }
}
