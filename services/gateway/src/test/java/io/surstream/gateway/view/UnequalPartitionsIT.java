package io.surstream.gateway.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The five topics with different numbers of partitions, from the start and made more while the view runs. */
@Timeout(240)
@Tag("long")
class UnequalPartitionsIT {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void topics_may_differ_from_the_start() throws Exception {
        EventStreaming streaming = streaming("start.");
        streaming.ensureTopics();
        raise(streaming, Topic.PROMPTS_SUBMITTED, 8);
        raise(streaming, Topic.IMAGES_PROGRESSED, 5);
        try (EventPublisher publisher = streaming.publisher();
                StreamsJobView view = view(streaming, "start")) {
            view.start();

            live(publisher, view);
        }
    }

    @Test
    void a_topic_may_get_more_partitions_while_the_view_runs() throws Exception {
        EventStreaming streaming = streaming("later.");
        streaming.ensureTopics();
        try (EventPublisher publisher = streaming.publisher();
                StreamsJobView view = view(streaming, "later")) {
            view.start();
            live(publisher, view);

            raise(streaming, Topic.PROMPTS_SUBMITTED, 8);

            live(publisher, view);
            assertEquals(0, view.inFlight());
        }
    }

    private static void live(EventPublisher publisher, StreamsJobView view) {
        List<String> ids = IntStream.range(0, 40)
                .mapToObj(n -> UUID.randomUUID().toString())
                .toList();
        CompletableFuture.allOf(ids.stream()
                        .map(id -> publisher
                                .publish(Outgoing.of(
                                        Topic.PROMPTS_SUBMITTED,
                                        id,
                                        JobChanges.submission("a red heart").toBuilder()
                                                .setJobId(id)
                                                .build()))
                                .toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
        await().until(() -> ids.stream().allMatch(id -> is(view, id, State.SUBMITTED)));
        ids.forEach(id -> publisher
                .publish(Outgoing.of(
                        Topic.IMAGES_SAMPLED,
                        id,
                        ((JobChange.Sampled) JobChanges.sampled())
                                .event().toBuilder().setJobId(id).build()))
                .toCompletableFuture()
                .join());
        await().until(() -> ids.stream().allMatch(id -> is(view, id, State.SUCCEEDED)));
        await().until(() -> view.inFlight() == 0);
    }

    private static boolean is(StreamsJobView view, String id, State state) {
        return view.find(id).map(Job::getState).equals(Optional.of(state));
    }

    private static void raise(EventStreaming streaming, Topic topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createPartitions(Map.of(streaming.topics().name(topic), NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    private static EventStreaming streaming(String prefix) {
        return new EventStreaming(
                new KafkaSettings(kafka.bootstrapServers(), "test", Map.of("metadata.max.age.ms", "2000")),
                new Topics(TopicSettings.defaults().withPrefix(prefix)),
                "gateway",
                new SimpleMeterRegistry());
    }

    private static StreamsJobView view(EventStreaming streaming, String applicationId) {
        return TestViews.of(
                streaming,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                applicationId,
                folder.resolve("stores"),
                job -> {});
    }
}
