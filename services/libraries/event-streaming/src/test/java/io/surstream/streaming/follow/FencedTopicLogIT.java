package io.surstream.streaming.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.OpenTelemetry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.v1.AdapterPromoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FencedTopicLogIT {
    private static final int WRITERS = 3;
    private static final int EACH = 4;

    @TempDir
    Path data;

    private static Optional<Outgoing> next(Map<String, AdapterPromoted> latest, String by) {
        long last = Optional.ofNullable(latest.get("live"))
                .map(AdapterPromoted::getSequence)
                .orElse(0L);
        return Optional.of(Outgoing.of(
                Topic.ADAPTERS_PROMOTED,
                "live",
                AdapterPromoted.newBuilder()
                        .setChannel("live")
                        .setSequence(last + 1)
                        .setPromotedBy(by)
                        .build()));
    }

    private static FencedTopicLog<AdapterPromoted> fencedLog(TestCluster cluster) {
        return FencedTopicLogs.promotions(cluster.streaming);
    }

    @Test
    void racing_writers_make_one_sequence_without_gap_or_double() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker)) {
            ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                String by = "writer-" + w;
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < EACH; i++) {
                        fencedLog(cluster).append(latest -> next(latest, by));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            pool.shutdown();

            List<Long> sequences = new ArrayList<>();
            EventCodec<AdapterPromoted> codec =
                    EventCodec.of(Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance());
            for (ConsumerRecord<byte[], byte[]> each : cluster.read(Topic.ADAPTERS_PROMOTED, WRITERS * EACH)) {
                sequences.add(codec.decode(each.value(), each.headers()).getSequence());
            }
            assertEquals(LongStream.rangeClosed(1, WRITERS * EACH).boxed().toList(), sequences);
        }
    }

    @Test
    void the_value_names_the_channel_whatever_key_a_strangers_record_has() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker, 4)) {
            // given
            fencedLog(cluster).append(latest -> next(latest, "first"));
            for (String key : List.of("canary", "user-42", "user-43", "")) {
                cluster.write(Topic.ADAPTERS_PROMOTED, key, json("live", 7));
                cluster.write(Topic.ADAPTERS_PROMOTED, key, json("live", 6));
            }
            // when
            fencedLog(cluster).append(latest -> next(latest, "second"));
            // then
            Map<String, AdapterPromoted> channels = fencedLog(cluster).read();
            assertEquals(Set.of("live"), channels.keySet());
            assertEquals(8, channels.get("live").getSequence());
        }
    }

    private static byte[] json(String channel, long sequence) {
        return "{\"channel\": \"%s\", \"sequence\": %d}"
                .formatted(channel, sequence)
                .getBytes(UTF_8);
    }

    @Test
    void a_commit_whose_answer_is_lost_is_found_again_and_not_written_twice() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker)) {
            AtomicInteger commits = new AtomicInteger();
            FencedTopicLog<AdapterPromoted> fencedLog = fencedLog(cluster, commit -> {
                commit.run();
                if (commits.incrementAndGet() == 1) {
                    throw new KafkaException("Unhandled error in EndTxnResponse");
                }
            });

            Optional<Outgoing> written = fencedLog.append(latest -> next(latest, "first"));

            assertEquals(1, ((AdapterPromoted) written.orElseThrow().event()).getSequence());
            assertEquals(1, commits.get());
            assertEquals(1, cluster.read(Topic.ADAPTERS_PROMOTED, 1).size());
        }
    }

    @Test
    void a_writer_that_is_fenced_just_before_its_commit_decides_anew() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker)) {
            List<KafkaException> refusals = new ArrayList<>();
            AtomicInteger commits = new AtomicInteger();
            FencedTopicLog<AdapterPromoted> fencedLog = fencedLog(cluster, commit -> {
                if (commits.incrementAndGet() == 1) {
                    fencedLog(cluster, Runnable::run).append(latest -> next(latest, "faster"));
                }
                try {
                    commit.run();
                } catch (KafkaException e) {
                    refusals.add(e);
                    throw e;
                }
            });

            Optional<Outgoing> written = fencedLog.append(latest -> next(latest, "slower"));

            assertEquals(2, ((AdapterPromoted) written.orElseThrow().event()).getSequence());
            assertEquals(1, refusals.size(), refusals::toString);
            assertEquals(2, cluster.read(Topic.ADAPTERS_PROMOTED, 2).size());
        }
    }

    @Test
    void a_commit_that_the_cluster_takes_for_the_repetition_of_another_is_decided_anew() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker)) {
            AtomicInteger commits = new AtomicInteger();
            FencedTopicLog<AdapterPromoted> fencedLog = fencedLog(cluster, commit -> {
                if (commits.incrementAndGet() == 1) {
                    throw new InvalidTxnStateException("state is COMPLETE_ABORT, but to send: COMMIT");
                }
                commit.run();
            });

            fencedLog.append(latest -> next(latest, "first"));

            assertEquals(2, commits.get());
            assertEquals(1, cluster.read(Topic.ADAPTERS_PROMOTED, 1).size());
        }
    }

    /** A fenced log whose commits can be intercepted: a test may act before and after each of them. */
    private static FencedTopicLog<AdapterPromoted> fencedLog(TestCluster cluster, Consumer<Runnable> committer) {
        return new FencedTopicLog<>(
                cluster.topics.name(Topic.ADAPTERS_PROMOTED),
                () -> producer(cluster, committer),
                () -> cluster.streaming.scan("ledger", Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance()),
                new FencedTopicLog.Naming<>(
                        AdapterPromoted::getChannel, Comparator.comparingLong(AdapterPromoted::getSequence)),
                new RecordWriter(cluster.topics, "tests"),
                new EventTracer(OpenTelemetry.noop(), cluster.topics));
    }

    private static Producer<byte[], byte[]> producer(TestCluster cluster, Consumer<Runnable> committer) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", cluster.settings.bootstrapServers(),
                        "transactional.id", FencedTopicLog.transactionalId("tests")),
                new ByteArraySerializer(),
                new ByteArraySerializer()) {
            @Override
            public void commitTransaction() {
                flush();
                committer.accept(super::commitTransaction);
            }
        };
    }

    @Test
    void a_decision_that_refuses_or_writes_nothing_leaves_the_topic_as_it_is() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker)) {
            FencedTopicLog<AdapterPromoted> fencedLog = fencedLog(cluster);
            fencedLog.append(latest -> next(latest, "first"));

            assertTrue(fencedLog.append(latest -> Optional.empty()).isEmpty());
            assertThrows(
                    IllegalStateException.class,
                    () -> fencedLog.append(latest -> {
                        throw new IllegalStateException("no");
                    }));

            assertEquals(1, fencedLog.read().get("live").getSequence());
        }
    }
}
