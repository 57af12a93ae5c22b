package io.surstream.storage;

/**
 * One line of a listing.
 *
 * @param size in bytes
 */
public record ListedObject(String key, long size) {}
