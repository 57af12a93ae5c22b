package io.surstream.curator.select;

import com.carrotsearch.hppc.LongHashSet;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;

/** Keeps the first of everything that has the same digest; 8 to 16 bytes for each. One thread. */
public final class Seen {
    private final LongHashSet digests = new LongHashSet();
    private final Stage stage;
    private final String reason;

    private Seen(Stage stage, String reason) {
        this.stage = stage;
        this.reason = reason;
    }

    /** By the source's own name of the image. */
    public static Seen ids() {
        return new Seen(Stage.DEDUPLICATE, "same-id");
    }

    /** By image and given sentence: the same picture may come with another sentence, but not twice with the same or none. */
    public static Seen contents() {
        return new Seen(Stage.CONTENT, "same-content");
    }

    /** Known from elsewhere. */
    public void add(long digest) {
        digests.add(digest);
    }

    /** The value, the first time that its digest comes. */
    public <T> Outcome<T> first(long digest, T value) {
        return digests.add(digest) ? Outcome.kept(value) : Outcome.dropped(stage, reason);
    }
}
