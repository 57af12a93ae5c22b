package io.surstream.curator.fetch;

import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;

/** Brings an item's image. Thread-safe; calls block. */
public interface ImageFetcher extends AutoCloseable {

    /** The file as it is, at most as large as the limit; not yet looked at. */
    FilterResult<byte[]> fetch(SourceItem item);

    /**
     * Changes when the image behind the same name does, as far if this is visible without reading it; empty if a name
     * always means the same image.
     */
    String version(SourceItem item);

    @Override
    default void close() {}
}
