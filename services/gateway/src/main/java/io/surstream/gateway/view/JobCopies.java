package io.surstream.gateway.view;

import io.surstream.v1.Job;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The copy of all jobs, read. The store keeps jobs as they came from the topic, so that a start that loads a million of
 * them does not write each again. As thread-safe as the store.
 *
 * @param store values are jobs as binary protobuf
 */
record JobCopies(ReadOnlyKeyValueStore<String, byte[]> store) {

    /** Null when there is none. */
    Job get(String jobId) {
        return JobSerde.parse(store.get(jobId));
    }

    /**
     * Reads jobs in the order of their ids.
     *
     * @param from first id, null for the very first
     * @param most how many at most
     * @return how many were read
     */
    int read(String from, int most, BiConsumer<String, Job> each) {
        int read = 0;
        try (KeyValueIterator<String, byte[]> rest = store.range(from, null)) {
            while (rest.hasNext() && read < most) {
                KeyValue<String, byte[]> entry = rest.next();
                each.accept(entry.key, JobSerde.parse(entry.value));
                read++;
            }
        }
        return read;
    }
}
