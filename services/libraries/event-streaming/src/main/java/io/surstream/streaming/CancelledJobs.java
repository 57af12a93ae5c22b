package io.surstream.streaming;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Cancelled jobs, and why; the oldest are forgotten first. Thread-safe. */
public final class CancelledJobs {
    // No cache: a cancellation that is lost here cannot be had again, and its job would run.
    private final Map<String, String> reasons;

    /** @param capacity most jobs that are remembered */
    public CancelledJobs(int capacity) {
        this.reasons = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > capacity;
            }
        };
    }

    public synchronized void add(String jobId, String reason) {
        reasons.putIfAbsent(jobId, reason);
    }

    /** Empty when nobody has cancelled it. */
    public synchronized Optional<String> reason(String jobId) {
        return Optional.ofNullable(reasons.get(jobId));
    }
}
