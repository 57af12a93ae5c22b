package io.surstream.curator.journal;

import com.carrotsearch.hppc.LongIntHashMap;
import com.carrotsearch.hppc.LongLongHashMap;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What one import has done so far: segments of text in object storage, written in order and never changed. Items that are in it were
 * published or dropped for good, and are not fetched again. 24 to 48 bytes of memory an item. One thread.
 */
public final class Journal {
    private static final Pattern SEGMENT = Pattern.compile("\\d{8}");

    private final ObjectStore store;
    private final String prefix;
    private final LongLongHashMap published = new LongLongHashMap();
    private final LongIntHashMap rejected = new LongIntHashMap();
    private final List<Rejection> rejections = new ArrayList<>();
    private int segments;

    private Journal(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /**
     * Reads what is there.
     *
     * @param prefix of the segments' keys, ending with a slash
     */
    public static Journal open(ObjectStore store, String prefix) {
        Journal journal = new Journal(store, prefix);
        journal.segments = read(store, prefix, journal::remember);
        return journal;
    }

    /**
     * Receives every entry under a prefix, in order.
     *
     * @return how many segments there are
     */
    public static int read(ObjectStore store, String prefix, Consumer<Entry> listener) {
        // what a store that was killed while it wrote leaves behind has other names
        List<String> segments = store.list(prefix).stream()
                .map(ListedObject::key)
                .filter(key -> SEGMENT.matcher(key.substring(prefix.length())).matches())
                .toList();
        for (String segment : segments) {
            new String(store.get(segment), StandardCharsets.US_ASCII)
                    .lines()
                    .map(Entry::parse)
                    .forEach(listener);
        }
        return segments.size();
    }

    private void remember(Entry entry) {
        if (entry.rejection().isEmpty()) {
            published.put(entry.item(), entry.content());
            return;
        }
        int at = rejections.indexOf(entry.rejection().get());
        if (at < 0) {
            at = rejections.size();
            rejections.add(entry.rejection().get());
        }
        rejected.put(entry.item(), at);
    }

    /** The content digest of an item that was published; empty when it was not. */
    public OptionalLong published(long item) {
        return published.containsKey(item) ? OptionalLong.of(published.get(item)) : OptionalLong.empty();
    }

    /** Why an item was dropped; empty when it was not. */
    public Optional<FilterResult.Rejected<Void>> rejected(long item) {
        return rejected.containsKey(item)
                ? Optional.of(new FilterResult.Rejected<>(rejections.get(rejected.get(item))))
                : Optional.empty();
    }

    /**
     * Adds a segment.
     *
     * @throws JournalTakenException when another process adds to this journal at the same time
     */
    public void append(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        String key = prefix + String.format("%08d", segments + 1);
        String text = String.join("\n", entries.stream().map(Entry::line).toList()) + '\n';
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        // After a lost answer the segment that is in the way may be this very one.
        if (!store.putIfAbsent(key, content, "text/plain") && !Arrays.equals(store.get(key), content)) {
            throw new JournalTakenException(key);
        }
        segments++;
    }
}
