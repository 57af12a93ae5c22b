package io.surstream.encoder.adapter;

import java.nio.charset.StandardCharsets;

/**
 * Which jobs try the canary: the same share everywhere, and the same answer for a job each time.
 *
 * @param share 0..1
 */
public record CanaryShare(double share) {
    static final CanaryShare NOTHING = new CanaryShare(0);

    private static final int BITS = 53;

    public CanaryShare {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the canary's share must be 0..1 but is " + share);
        }
    }

    /** False for a request without an id, whose choice could not be repeated. */
    public boolean takes(String jobId) {
        return !jobId.isEmpty() && unit(jobId) < share;
    }

    /** FNV-1a, then the finaliser of SplitMix64, which spreads it evenly over [0, 1). */
    private static double unit(String jobId) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : jobId.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return ((hash ^ (hash >>> 31)) >>> (Long.SIZE - BITS)) * 0x1.0p-53;
    }
}
