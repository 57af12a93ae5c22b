package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingsTest {

    private static void refused(String message, Executable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction).getMessage());
    }

    @Test
    void topics_carry_the_prefix() {
        Topics topics = new Topics(TopicSettings.defaults().withPrefix("team-a."));
        assertEquals("team-a.images.sampled", topics.name(Topic.IMAGES_SAMPLED));
    }

    @Test
    void retention_is_the_topics_own_unless_set() {
        Topics topics = new Topics(new TopicSettings("", 1, (short) 1, Map.of("dead-letters", Duration.ofDays(90))));
        assertEquals("7776000000", topics.config(Topic.DEAD_LETTERS).get("retention.ms"));
        assertEquals("604800000", topics.config(Topic.IMAGES_SAMPLED).get("retention.ms"));
        assertEquals(
                Optional.empty(), Optional.ofNullable(topics.config(Topic.JOBS).get("retention.ms")));
        assertEquals("compact", topics.config(Topic.JOBS).get("cleanup.policy"));
    }

    @Test
    void user_properties_win_over_ours() {
        KafkaSettings settings =
                new KafkaSettings("broker:9092", "one", Map.of("linger.ms", "5", "security.protocol", "SSL"));
        assertEquals(
                Map.of("bootstrap.servers", "broker:9092", "linger.ms", "5", "security.protocol", "SSL", "acks", "all"),
                settings.clientProperties(Map.of("linger.ms", "0", "acks", "all")));
    }

    @Test
    void refusals_name_setting_value_and_limit() {
        refused("surstream.kafka.topics.partitions must be 1 or more but is 0", () -> TopicSettings.defaults()
                .withPartitions(0));
        refused(
                "surstream.kafka.topics.prefix must be 0..100 characters of [A-Za-z0-9._-] but is \"a b\"",
                () -> TopicSettings.defaults().withPrefix("a b"));
        refused(
                "surstream.kafka.topics.replication must be 1 or more, or -1 for the broker's default, but is 0",
                () -> new TopicSettings("", 1, (short) 0, Map.of()));
        refused(
                "surstream.kafka.topics.retention names the unknown topic \"images\"",
                () -> new TopicSettings("", 1, (short) 1, Map.of("images", Duration.ofDays(1))));
        refused(
                "surstream.kafka.bootstrap-servers must name host:port but is blank",
                () -> new KafkaSettings(" ", "one", Map.of()));
        refused("max-batch must be 1..10000 but is 0", () -> BatchSettings.of("group")
                .withBatch(0, Duration.ZERO));
        refused("lanes must be 1..256 but is 0", () -> ShareSettings.of("group").withThreads(0));
        refused("the share group must not be blank", () -> ShareSettings.of(""));
    }

    @Test
    void the_oldest_cancelled_jobs_are_forgotten_first() {
        CancelledJobs jobs = new CancelledJobs(2);
        jobs.add("a", "changed my mind");
        jobs.add("b", "");
        jobs.add("b", "again");
        jobs.add("c", "");
        assertEquals(Optional.empty(), jobs.reason("a"));
        assertEquals(Optional.of(""), jobs.reason("b"));
        assertEquals(Optional.of(""), jobs.reason("c"));
    }
}
