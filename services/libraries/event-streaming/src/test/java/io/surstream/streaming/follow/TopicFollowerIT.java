package io.surstream.streaming.follow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptCancelled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicFollowerIT {

    @TempDir
    Path data;

    private static Outgoing cancelled(String jobId) {
        PromptCancelled event = PromptCancelled.newBuilder().setJobId(jobId).build();
        return Outgoing.of(Topic.PROMPTS_CANCELLED, jobId, event);
    }

    @Test
    void every_follower_hears_everything_from_its_start_on_and_skips_what_is_malformed() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
                TestCluster cluster = new TestCluster(broker, 1)) {
            cluster.publish(cancelled("before"));
            Queue<String> first = new ConcurrentLinkedQueue<>();
            Queue<String> second = new ConcurrentLinkedQueue<>();
            try (var one = follow(cluster, first);
                    var two = follow(cluster, second)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> one.isReady() && two.isReady());
                cluster.write(Topic.PROMPTS_CANCELLED, "poison", new byte[] {1, 2});
                cluster.publish(cancelled("hurts"));
                cluster.publish(cancelled("after"));
                await().atMost(Duration.ofSeconds(60)).until(() -> first.contains("after") && second.contains("after"));
                assertEquals(List.of("hurts", "after"), List.copyOf(first));
                assertEquals(List.of("hurts", "after"), List.copyOf(second));
                assertTrue(one.isLive() && two.isLive());
            }
        }
    }

    private static TopicFollower<PromptCancelled> follow(TestCluster cluster, Queue<String> heard) {
        return cluster.streaming.follow(
                "ear", Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance(), incoming -> {
                    heard.add(incoming.key());
                    if (incoming.key().equals("hurts")) {
                        throw new IllegalStateException("a listener's own fault");
                    }
                });
    }
}
