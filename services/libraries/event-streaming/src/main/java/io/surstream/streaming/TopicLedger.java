package io.surstream.streaming;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a small compacted topic whose next event depends on those that are there, from several processes as if they took turns.
 * All writers share one transactional id: who begins fences everybody who began before, then reads the topic to its end, decides
 * and commits. A writer that was fenced in between has written nothing and begins again. Thread-safe.
 *
 * @param <T> the event
 */
public final class TopicLedger<T extends Message> {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLedger.class);
    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 100;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<TopicScan<T>> scans;
    private final RecordWriter writer;
    private final EventTracer tracer;

    /** What all writers of a topic share; topic: its full name. */
    static String transactionalId(String topic) {
        return topic + "-ledger";
    }

    /** @param producers all with the same transactional id */
    TopicLedger(
            String name,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<TopicScan<T>> scans,
            RecordWriter writer,
            EventTracer tracer) {
        this.name = name;
        this.producers = producers;
        this.scans = scans;
        this.writer = writer;
        this.tracer = tracer;
    }

    /** The last event of each key. */
    public Map<String, T> read() {
        Map<String, T> latest = new HashMap<>();
        try (TopicScan<T> scan = scans.get()) {
            scan.toEnd(incoming -> latest.put(incoming.key(), incoming.event()));
        }
        return latest;
    }

    /**
     * Decides on what is there now and writes the decision.
     *
     * @param decision from the last event of each key to the next event, or empty to write nothing; called again when another
     *     writer was faster. What it throws is thrown on, and nothing is written.
     * @return what was written
     */
    public Optional<Outgoing> append(Function<Map<String, T>, Optional<Outgoing>> decision) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(decision);
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("{}: another writer was faster; decides anew", name);
                pause(attempt);
            }
        }
    }

    /** Of random length, longer each time: writers in step would fence each other for ever. */
    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrainedException("ledger");
        }
    }

    private Optional<Outgoing> attempt(Function<Map<String, T>, Optional<Outgoing>> decision) {
        Producer<byte[], byte[]> producer = producers.get();
        try {
            producer.initTransactions();
            Optional<Outgoing> decided = decision.apply(read());
            if (decided.isPresent()) {
                producer.beginTransaction();
                tracer.send(producer, writer.event(decided.get()), (metadata, error) -> {});
                producer.commitTransaction();
            }
            return decided;
        } finally {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}
