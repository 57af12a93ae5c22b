package io.surstream.streaming.follow;

import com.google.protobuf.Message;
import io.surstream.retry.Backoff;
import io.surstream.streaming.client.ProducerErrors;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.DrainedException;
import io.surstream.streaming.tracing.EventTracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a small compacted topic whose next event depends on those that are there, from several processes as if they
 * took turns. All writers share one transactional id: who begins fences everybody who began before, then reads the
 * topic to its end, decides and commits. A writer that was fenced in between, or whose commit was not answered, begins
 * again: to begin settles what its last transaction left open, and its own event that it then finds there was committed
 * after all. Thread-safe.
 *
 * <p>What an event is about is read from its value. A record key only decides the partition, so events of one name may
 * be in several partitions.
 *
 * @param <T> the event
 */
public final class FencedTopicLog<T extends Message> {
    private static final Logger LOG = LoggerFactory.getLogger(FencedTopicLog.class);
    private static final int ATTEMPTS = 20;
    /** Its jitter matters here: writers in step would fence each other forever. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Supplier<TopicScan<T>> scans;
    private final Naming<T> naming;
    private final RecordWriter writer;
    private final EventTracer tracer;

    /**
     * How events are distinguished.
     *
     * @param name of what the event is about, from its value
     * @param order which of two events of one name is the later one; where it says neither, the one that is read later
     */
    public record Naming<T>(Function<T, String> name, Comparator<T> order) {}

    /** What all writers of a topic share; topic: its full name. */
    public static String transactionalId(String topic) {
        return topic + "-ledger";
    }

    /** @param producers all with the same transactional id */
    public FencedTopicLog(
            String name,
            Supplier<Producer<byte[], byte[]>> producers,
            Supplier<TopicScan<T>> scans,
            Naming<T> naming,
            RecordWriter writer,
            EventTracer tracer) {
        this.name = name;
        this.producers = producers;
        this.scans = scans;
        this.naming = naming;
        this.writer = writer;
        this.tracer = tracer;
    }

    /** The last event of each name. */
    public Map<String, T> read() {
        return events(latest());
    }

    /** The same as they came, with the traces that they belong to. */
    public Map<String, Incoming<T>> latest() {
        Map<String, Incoming<T>> latest = new HashMap<>();
        scan(incoming -> keep(latest, incoming));
        return latest;
    }

    private void keep(Map<String, Incoming<T>> latest, Incoming<T> incoming) {
        latest.merge(
                naming.name().apply(incoming.event()),
                incoming,
                (before, now) -> naming.order().compare(before.event(), now.event()) > 0 ? before : now);
    }

    private static <T extends Message> Map<String, T> events(Map<String, Incoming<T>> latest) {
        Map<String, T> events = new HashMap<>();
        latest.forEach((name, incoming) -> events.put(name, incoming.event()));
        return events;
    }

    private void scan(Consumer<Incoming<T>> listener) {
        try (TopicScan<T> scan = scans.get()) {
            scan.toEnd(listener);
        }
    }

    /**
     * Decides on what is there now and writes the decision.
     *
     * @param decision from the last event of each name to the next event, or empty to write nothing; called again when another
     *     writer was faster. What it throws is thrown on, and nothing is written.
     * @return what was written
     */
    public Optional<Outgoing> append(Function<Map<String, T>, Optional<Outgoing>> decision) {
        Map<Message, Outgoing> tried = new HashMap<>();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(decision, tried);
            } catch (KafkaException e) {
                if (attempt == ATTEMPTS || isRefusal(e)) {
                    throw e;
                }
                LOG.info(
                        "{}: another writer was faster, or the cluster gave no answer; decides again: {}",
                        name,
                        e.getMessage());
                pause(attempt);
            }
        }
    }

    /**
     * Whether the cluster's answer is final. An exception that is no {@link ApiException} does not say whether the commit
     * succeeded: Kafka 4.2's coordinator answers so while it fences the writer's id. It takes a commit right after that for the
     * repetition of another one and calls it an invalid state.
     */
    private static boolean isRefusal(KafkaException e) {
        Throwable answer = ProducerErrors.answer(e);
        return answer instanceof ApiException
                && !(answer instanceof RetriableException
                        || answer instanceof UnknownServerException
                        || answer instanceof ProducerFencedException
                        || answer instanceof InvalidTxnStateException
                        || answer instanceof InvalidProducerEpochException);
    }

    private static void pause(int attempt) {
        try {
            TimeUnit.NANOSECONDS.sleep(BACKOFF.after(attempt).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrainedException("ledger");
        }
    }

    private Optional<Outgoing> attempt(
            Function<Map<String, T>, Optional<Outgoing>> decision, Map<Message, Outgoing> tried) {
        Producer<byte[], byte[]> producer = producers.get();
        try {
            producer.initTransactions();
            Map<String, Incoming<T>> latest = new HashMap<>();
            List<Outgoing> arrived = new ArrayList<>();
            scan(incoming -> {
                keep(latest, incoming);
                Optional.ofNullable(tried.get(incoming.event())).ifPresent(arrived::add);
            });
            if (!arrived.isEmpty()) {
                return Optional.of(arrived.get(0));
            }
            Optional<Outgoing> decided = decision.apply(events(latest));
            if (decided.isPresent()) {
                tried.put(decided.get().event(), decided.get());
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
