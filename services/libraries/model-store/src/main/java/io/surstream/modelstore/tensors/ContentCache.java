package io.surstream.modelstore.tensors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;

/** Content by its digest; what is read often stays longest. Thread-safe. */
final class ContentCache {
    private static final String NAME = "fetched-embeddings";

    private final Cache<String, byte[]> contents;

    /** @param mostBytes bound of all contents together; larger content is not kept */
    ContentCache(long mostBytes, MeterRegistry meters) {
        this.contents = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String digest, byte[] content) -> content.length)
                // In the caller's thread: no pool has to be stopped, and the bound holds when a call returns.
                .executor(Runnable::run)
                .recordStats()
                .build();
        Meters.counter(
                meters, Metric.CACHE_REQUESTS, contents, cache -> cache.stats().hitCount(), NAME, "hit");
        Meters.counter(
                meters, Metric.CACHE_REQUESTS, contents, cache -> cache.stats().missCount(), NAME, "miss");
        Meters.gauge(meters, Metric.CACHE_BYTES, contents, ContentCache::bytes, NAME);
    }

    private static long bytes(Cache<String, byte[]> contents) {
        return contents.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /** Null when it is not kept. Not to be written to. */
    byte[] get(String digest) {
        return contents.getIfPresent(digest);
    }

    void put(String digest, byte[] content) {
        contents.put(digest, content);
    }
}
