package io.surstream.storage;

import java.time.Instant;

/**
 * One line of a listing.
 *
 * @param size in bytes
 * @param modified when it was written, by the store's clock
 */
public record ListedObject(String key, long size, Instant modified) {}
