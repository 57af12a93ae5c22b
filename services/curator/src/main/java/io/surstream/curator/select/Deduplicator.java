package io.surstream.curator.select;

import com.carrotsearch.hppc.LongHashSet;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;

/** Keeps the first of everything that has the same digest; 8 to 16 bytes for each. One thread. */
public final class Deduplicator {
    private final LongHashSet digests = new LongHashSet();
    private final Stage stage;
    private final String reason;

    private Deduplicator(Stage stage, String reason) {
        this.stage = stage;
        this.reason = reason;
    }

    /** By the source's own name of the image. */
    public static Deduplicator ids() {
        return new Deduplicator(Stage.DEDUPLICATE, "same-id");
    }

    /**
     * By image and given sentence: the same image may come with another sentence, but not twice with the same or none.
     */
    public static Deduplicator contents() {
        return new Deduplicator(Stage.CONTENT, "same-content");
    }

    /** Known from elsewhere. */
    public void add(long digest) {
        digests.add(digest);
    }

    /** The value, the first time that its digest comes. */
    public <T> FilterResult<T> first(long digest, T value) {
        return digests.add(digest) ? FilterResult.kept(value) : FilterResult.rejected(stage, reason);
    }
}
