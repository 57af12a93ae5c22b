package io.surstream.storage;

import java.util.Optional;

/**
 * What the store knows about one object.
 *
 * @param sha256 lower-case hex digest of the content; empty for objects that others wrote without it
 */
public record StoredObject(String bucket, String key, long size, Optional<String> sha256, String contentType) {}
