package io.surstream.gateway.view;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.ViewNotReadyException;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker: several instances, leaving, coming back. */
class JobViewIT {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static EventStreaming streaming;
    private static EventPublisher publisher;

    @BeforeAll
    static void startBroker() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
        streaming = streaming(TopicSettings.defaults());
        streaming.ensureTopics();
        publisher = streaming.publisher();
    }

    private static EventStreaming streaming(TopicSettings topics) {
        return new EventStreaming(
                new KafkaSettings(kafka.bootstrapServers(), "test", Map.of()),
                new Topics(topics),
                "gateway",
                new SimpleMeterRegistry());
    }

    @AfterAll
    static void stopBroker() {
        publisher.close();
        kafka.close();
    }

    @Test
    void everyInstanceKnowsAndHearsOfEveryJobAndTakesOverWhenAnotherLeaves() {
        List<String> early = ids();
        List<String> late = ids();
        try (Instance second = new Instance()) {
            try (Instance first = new Instance()) {
                // when: both run and jobs of all partitions live their lives
                early.forEach(JobViewIT::submit);
                await().until(() -> first.knows(early, State.SUBMITTED) && second.knows(early, State.SUBMITTED));
                early.forEach(JobViewIT::succeed);
                // then: either one knows all, and those who watch either one hear of the end
                await().until(() -> first.knows(early, State.SUCCEEDED) && second.knows(early, State.SUCCEEDED));
                await().until(() -> first.heardEndOf(early) && second.heardEndOf(early));
                late.forEach(JobViewIT::submit);
                await().until(() -> first.view.inFlight() + second.view.inFlight() == late.size());
            }
            // when: the first has left
            late.forEach(JobViewIT::succeed);
            // then: the second folds its partitions on
            await().until(() -> second.knows(late, State.SUCCEEDED) && second.heardEndOf(late));
            assertTrue(second.knows(early, State.SUCCEEDED));
            await().until(() -> second.view.inFlight() == 0);
        }
        // when: everybody had left and one comes back
        try (Instance third = new Instance()) {
            await().until(() -> third.view.isRunning());
            assertTrue(third.knows(early, State.SUCCEEDED) && third.knows(late, State.SUCCEEDED));
            assertEquals(0, third.view.inFlight());
        }
    }

    @Test
    void aViewThatDoesNotRunSaysSo() {
        try (StreamsJobView view = view(job -> {})) {
            assertThrows(ViewNotReadyException.class, () -> view.find("any"));
        }
    }

    @Test
    void aViewWhoseTopicIsNotThereYetStartsWhenItIs() {
        EventStreaming late = streaming(TopicSettings.defaults().withPrefix("late."));
        try (StreamsJobView view = view(late, job -> {})) {
            assertThrows(RuntimeException.class, view::start);
            late.ensureTopics();

            await().ignoreExceptions().until(() -> {
                view.start();
                return true;
            });

            assertEquals(Optional.empty(), view.find("any"));
        }
    }

    /** One gateway's view and what its listeners heard. */
    private static final class Instance implements AutoCloseable {

        private final Set<String> endsHeard = ConcurrentHashMap.newKeySet();
        private final StreamsJobView view = view(this::hear);

        Instance() {
            view.start();
        }

        private void hear(Job job) {
            if (JobStates.ended(job)) {
                endsHeard.add(job.getJobId());
            }
        }

        boolean knows(List<String> ids, State state) {
            return ids.stream().allMatch(id -> view.find(id).map(Job::getState).equals(Optional.of(state)));
        }

        boolean heardEndOf(List<String> ids) {
            return endsHeard.containsAll(ids);
        }

        @Override
        public void close() {
            view.close();
        }
    }

    private static StreamsJobView view(JobUpdates updates) {
        return view(streaming, updates);
    }

    private static StreamsJobView view(EventStreaming streaming, JobUpdates updates) {
        return TestViews.of(
                streaming,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                streaming.topics().name(Topic.JOBS) + "-view",
                folder.resolve("stores"),
                updates);
    }

    private static List<String> ids() {
        return IntStream.range(0, 20)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
    }

    private static void submit(String id) {
        PromptSubmitted event = JobChanges.submission("a red heart").toBuilder()
                .setJobId(id)
                .setSubmittedAtMs(System.currentTimeMillis())
                .build();
        publish(Topic.PROMPTS_SUBMITTED, id, event);
    }

    private static void succeed(String id) {
        ImageSampled event = ((JobChange.Sampled) JobChanges.sampled())
                .event().toBuilder().setJobId(id).build();
        publish(Topic.IMAGES_SAMPLED, id, event);
    }

    private static void publish(Topic topic, String id, Message event) {
        publisher.publish(Outgoing.of(topic, id, event)).toCompletableFuture().join();
    }
}
