package io.surstream.gateway.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs of this instance's partitions that have not ended. Each task of the topology owns one {@link Share} and gives it
 * back when the task moves elsewhere. Thread-safe.
 */
public final class JobsInFlight {

    private final Set<Share> shares = ConcurrentHashMap.newKeySet();
    private final Duration stalledAfter;

    /**
     * @param stalledAfter a job without progress for this long no longer counts: whatever happened to it, it holds no
     *     place
     */
    public JobsInFlight(Duration stalledAfter) {
        this.stalledAfter = stalledAfter;
    }

    public int count() {
        return shares.stream().mapToInt(share -> share.latest.size()).sum();
    }

    /** @return when the oldest of them was submitted, milliseconds since the epoch; empty when there is none */
    public OptionalLong oldestSubmission() {
        return shares.stream()
                .flatMap(share -> share.latest.values().stream())
                .mapToLong(Flight::submittedAtMs)
                .min();
    }

    /** Times of one job. */
    private record Flight(long submittedAtMs, long seenAtMs) {}

    public Share open() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** The jobs in flight of one task. */
    public final class Share implements AutoCloseable {

        private final Map<String, Flight> latest = new ConcurrentHashMap<>();

        /**
         * A job is under way.
         *
         * @param seenAtMs time of its latest news, by this machine's clock
         */
        public void seen(String jobId, long submittedAtMs, long seenAtMs) {
            latest.put(jobId, new Flight(submittedAtMs, seenAtMs));
        }

        public void forget(String jobId) {
            latest.remove(jobId);
        }

        public void dropStalled(long nowMs) {
            latest.values().removeIf(flight -> flight.seenAtMs() + stalledAfter.toMillis() < nowMs);
        }

        @Override
        public void close() {
            shares.remove(this);
        }
    }
}
