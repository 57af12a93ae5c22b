package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.ShareGroupSettings;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.PromptEncoded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicCreationIT {

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data)
                .withShareGroups(new ShareGroupSettings(Duration.ofSeconds(30), 5, Duration.ofMillis(500))));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static EventStreaming streaming(TopicSettings settings) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "test", Map.of());
        return new EventStreaming(kafka, new Topics(settings), "tests", new SimpleMeterRegistry());
    }

    @Test
    void the_whole_catalogue_is_created_once_and_then_left_alone() throws Exception {
        TopicSettings settings = TopicSettings.defaults().withPrefix("once.");
        assertEquals(List.of(), streaming(settings).ensureTopics());
        assertEquals(List.of(), streaming(settings).ensureTopics());
        Set<String> expected = new TreeSet<>();
        for (Topic topic : Topic.values()) {
            expected.add("once." + topic.shortName());
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<String> found = new TreeSet<>(admin.listTopics().names().get());
            found.removeIf(name -> !name.startsWith("once."));
            assertEquals(expected, found);
        }
    }

    @Test
    void what_differs_from_the_settings_is_told_and_left_as_it_is() {
        TopicSettings before = TopicSettings.defaults().withPrefix("drift.").withPartitions(1);
        streaming(before).ensureTopics();
        TopicSettings after = new TopicSettings("drift.", 1, (short) 1, Map.of("jobs", Duration.ofDays(1)));
        assertEquals(
                List.of("topic drift.jobs has retention.ms 604800000, the settings say 86400000; it is left as it is"),
                streaming(after).ensureTopics());
        List<String> partitions = streaming(before.withPartitions(2)).ensureTopics();
        assertEquals(Topic.values().length, partitions.size());
        assertEquals(
                "topic drift.prompts.submitted has partitions 1, the settings say 2; it is left as it is",
                partitions.get(0));
    }

    @Test
    void a_delivery_limit_that_the_broker_would_reach_first_is_refused() {
        EventStreaming streaming = streaming(TopicSettings.defaults().withPrefix("limit."));
        ShareSettings settings = ShareSettings.of("samplers").withAttempts(1, TestCluster.SHORT, 5);
        WorkerDefinition<PromptEncoded> definition = WorkerDefinition.of(
                "sampler", Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), DeadLetterListener.silent());
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> streaming.shareWorker(definition, settings, null, (incoming, lease) -> {}));
        assertEquals(
                "the delivery limit must be less than the broker's group.share.delivery.count.limit, 5, but is 5",
                refusal.getMessage());
    }
}
