package io.surstream.evaluator.promote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.follow.FencedTopicLog;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointEvaluated.Verdict;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import io.surstream.v1.ObjectReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two evaluators that share one real ledger. */
class PromoterIT {
    private static final Duration CANARY_TIME = Duration.ofHours(1);

    @TempDir
    Path data;

    private final AtomicLong now = new AtomicLong(1_000);

    @Test
    void a_better_checkpoint_goes_into_canary_and_after_its_time_into_live_by_one_of_two_evaluators() {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data))) {
            EventStreaming streaming = streaming(broker);
            Promoter first = promoter(streaming);
            Promoter second = promoter(streaming);

            both(() -> first.consider(better("r2")), () -> second.consider(better("r2")));
            assertEquals("r2", channels(streaming).get("canary").getRevision());
            assertTrue(first.live().isEmpty());

            now.addAndGet(CANARY_TIME.toMillis() - 1);
            both(first::graduate, second::graduate);
            assertTrue(first.live().isEmpty());

            now.addAndGet(1);
            both(first::graduate, second::graduate);
            assertEquals("r2", first.live().orElseThrow().getRevision());
            assertFalse(channels(streaming).get("canary").hasAdapter());
            assertEquals(List.of("canary 1 r2", "canary 2 none", "live 1 r2"), history(streaming));
        }
    }

    private Promoter promoter(EventStreaming streaming) {
        return new Promoter(
                new PromotionPolicy(PromotionMode.LIVE, CANARY_TIME),
                fencedLog(streaming),
                Optional.of("r1"),
                now::get,
                new SimpleMeterRegistry());
    }

    private static EventStreaming streaming(EmbeddedKafka broker) {
        EventStreaming streaming = new EventStreaming(
                new KafkaSettings(broker.bootstrapServers(), "test", Map.of()),
                new Topics(TopicSettings.defaults()),
                "evaluator",
                new SimpleMeterRegistry());
        streaming.ensureTopics();
        return streaming;
    }

    private static FencedTopicLog<AdapterPromoted> fencedLog(EventStreaming streaming) {
        return FencedTopicLogs.promotions(streaming);
    }

    private static Map<String, AdapterPromoted> channels(EventStreaming streaming) {
        return fencedLog(streaming).read();
    }

    /** Every promotion, by channel and sequence. */
    private static List<String> history(EventStreaming streaming) {
        List<String> history = new ArrayList<>();
        try (var scan = streaming.scan("history", Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance())) {
            scan.toEnd(incoming -> {
                AdapterPromoted event = incoming.event();
                history.add(event.getChannel() + " " + event.getSequence() + " " + event.getRevision());
            });
        }
        return history.stream().sorted().toList();
    }

    private static void both(Runnable one, Runnable other) {
        CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
                .join();
    }

    private static CheckpointEvaluated better(String revision) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpoint(CheckpointPublished.newBuilder()
                        .setRevision(revision)
                        .setAdapter(ObjectReference.newBuilder().setKey(revision)))
                .setReport(EvaluationReport.newBuilder()
                        .setVerdict(Verdict.BETTER)
                        .setServedRevision("r1")
                        .setServedVerdict(Verdict.BETTER))
                .build();
    }
}
