package io.surstream.tensors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Content by its digest; what is read often stays longest. Thread-safe. */
final class ContentCache {
    private final Cache<String, byte[]> contents;

    /** @param mostBytes bound of all contents together; larger content is not kept */
    ContentCache(long mostBytes) {
        this.contents = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String digest, byte[] content) -> content.length)
                // In the caller's thread: no pool has to be stopped, and the bound holds when a call returns.
                .executor(Runnable::run)
                .build();
    }

    /** Null when it is not kept. Not to be written to. */
    byte[] get(String digest) {
        return contents.getIfPresent(digest);
    }

    void put(String digest, byte[] content) {
        contents.put(digest, content);
    }
}
