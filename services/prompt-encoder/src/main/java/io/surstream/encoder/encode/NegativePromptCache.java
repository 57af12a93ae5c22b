package io.surstream.encoder.encode;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.torch.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text encoder states [1, L, d] of the negative prompts used last. Thread-safe. */
final class NegativePromptCache {
    private static final String NAME = "negative-prompts";

    private final Map<String, FloatTensor> states;
    private final Counter hits;
    private final Counter misses;

    NegativePromptCache(int capacity, MeterRegistry meters) {
        this.hits = Meters.counter(meters, Metric.CACHE_REQUESTS, NAME, "hit");
        this.misses = Meters.counter(meters, Metric.CACHE_REQUESTS, NAME, "miss");
        this.states = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, FloatTensor> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized FloatTensor get(String text) {
        FloatTensor known = states.get(text);
        (known == null ? misses : hits).increment();
        return known;
    }

    synchronized void put(String text, FloatTensor state) {
        states.put(text, state);
    }
}
