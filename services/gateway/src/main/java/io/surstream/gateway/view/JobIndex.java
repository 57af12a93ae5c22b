package io.surstream.gateway.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the fold must know of all jobs without reading them: which are in flight, and what is to be done with which at
 * what time. Its keys begin with a kind; of the timed ones the time comes next, so that what is due comes first. Used
 * by one thread.
 */
final class JobIndex {

    /** What is to be done with a job at a time. */
    enum Task {
        /** It may have been unchanged for the retention. */
        EXPIRE('e'),
        /** It has ended for a while; the copy of all jobs is enough. */
        EVICT('v');

        private final byte kind;

        Task(char kind) {
            this.kind = (byte) kind;
        }
    }

    /**
     * A task and its job.
     *
     * @param key in the store
     */
    record Due(String jobId, Bytes key) {}

    /** Receives each job in flight; times in milliseconds since the epoch. */
    @FunctionalInterface
    interface Flights {
        void flight(String jobId, long submittedAtMs, long seenAtMs);
    }

    private static final byte FLIGHT = 'f';
    private static final Bytes COMPLETE = Bytes.wrap(new byte[] {'c'});
    private static final byte[] NOTHING = {0};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Task, Long> doneUntil = new EnumMap<>(Task.class);

    JobIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Whether every job that there was before this index is in it. */
    boolean isComplete() {
        return store.get(COMPLETE) != null;
    }

    void completed() {
        store.put(COMPLETE, NOTHING);
    }

    void schedule(Task task, long dueMs, String jobId) {
        store.put(timed(task.kind, dueMs, jobId), NOTHING);
    }

    /** The earliest ones that are due, at most so many. */
    List<Due> due(Task task, long nowMs, int most) {
        List<Due> due = new ArrayList<>();
        Bytes from = timed(task.kind, doneUntil.getOrDefault(task, 0L), "");
        // What was done leaves marks in front, which a scan from the very beginning would read each time.
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, timed(task.kind, nowMs, ""))) {
            while (found.hasNext() && due.size() < most) {
                Bytes key = found.next().key;
                due.add(new Due(text(key.get(), 1 + Long.BYTES), key));
            }
        }
        if (due.size() < most) {
            doneUntil.put(task, nowMs);
        }
        return due;
    }

    void done(Due due) {
        store.delete(due.key());
    }

    void takeOff(String jobId, long submittedAtMs, long seenAtMs) {
        store.put(
                flight(jobId),
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(submittedAtMs)
                        .putLong(seenAtMs)
                        .array());
    }

    void land(String jobId) {
        store.delete(flight(jobId));
    }

    void flights(Flights each) {
        Bytes end = Bytes.wrap(new byte[] {FLIGHT + 1});
        try (KeyValueIterator<Bytes, byte[]> found = store.range(flight(""), end)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                if (entry.key.get()[0] == FLIGHT) {
                    ByteBuffer times = ByteBuffer.wrap(entry.value);
                    each.flight(text(entry.key.get(), 1), times.getLong(), times.getLong());
                }
            }
        }
    }

    private static Bytes timed(byte kind, long timeMs, String jobId) {
        byte[] id = bytes(jobId);
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + id.length)
                .put(kind)
                .putLong(timeMs)
                .put(id)
                .array());
    }

    private static Bytes flight(String jobId) {
        byte[] id = bytes(jobId);
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(FLIGHT).put(id).array());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] key, int from) {
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }
}
