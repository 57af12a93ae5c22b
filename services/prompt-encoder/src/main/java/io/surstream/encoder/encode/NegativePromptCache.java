package io.surstream.encoder.encode;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.torch.tensor.FloatTensor;

/** Text encoder states [1, L, d] of negative prompts; those that are used often stay longest. Thread-safe. */
final class NegativePromptCache {
    private static final String NAME = "negative-prompts";

    private final Cache<String, FloatTensor> states;

    NegativePromptCache(int capacity, MeterRegistry meters) {
        this.states = Caffeine.newBuilder()
                .maximumSize(capacity)
                // In the caller's thread: no pool has to be stopped, and the bound holds when a call returns.
                .executor(Runnable::run)
                .recordStats()
                .build();
        Meters.counter(
                meters, Metric.CACHE_REQUESTS, states, cache -> cache.stats().hitCount(), NAME, "hit");
        Meters.counter(
                meters, Metric.CACHE_REQUESTS, states, cache -> cache.stats().missCount(), NAME, "miss");
    }

    /** Null when it is not kept. */
    FloatTensor get(String text) {
        return states.getIfPresent(text);
    }

    void put(String text, FloatTensor state) {
        states.put(text, state);
    }
}
