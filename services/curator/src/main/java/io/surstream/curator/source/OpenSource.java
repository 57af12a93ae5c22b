package io.surstream.curator.source;

import io.surstream.curator.fetch.ImageFetcher;
import io.surstream.curator.parse.ItemStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A source while it is read.
 *
 * @param total items, or 0 where it is not known
 * @param closing what else is closed with it, the last first
 */
public record OpenSource(
        SourceKind kind, ItemStream items, ImageFetcher images, long total, List<AutoCloseable> closing)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        List<AutoCloseable> all = new ArrayList<>(closing);
        all.add(images);
        all.add(items);
        Collections.reverse(all);
        IOException failure = new IOException("the source could not be closed");
        for (AutoCloseable part : all) {
            try {
                part.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** The same, which closes one more thing in the end. */
    OpenSource closing(AutoCloseable last) {
        List<AutoCloseable> all = new ArrayList<>(List.of(last));
        all.addAll(closing);
        return new OpenSource(kind, items, images, total, all);
    }
}
