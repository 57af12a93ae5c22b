package io.surstream.teacher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.contract.training.EmbeddingKey;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.topic.Topic;
import io.surstream.teacher.app.TeacherAssembly;
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.kafka.TeacherWorkers;
import io.surstream.testsupport.fixtures.TinyTeacher;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a tiny real decoder. */
class LlmTeacherIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Path teacher;

    private final InMemoryObjectStore objects = new InMemoryObjectStore("surstream");
    private final String prefix = "test-" + UUID.randomUUID() + ".";
    private EventStreaming test;
    private EventPublisher publisher;
    private int examples;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        teacher = TinyTeacher.in(folder.resolve("teacher"), "llama-gqa");
    }

    @AfterAll
    static void stop() throws Exception {
        if (kafka != null) {
            kafka.close();
        }
    }

    @BeforeEach
    void makeTopics() {
        test = streaming(config(Map.of()).getConfigMapping(KafkaConfig.class), "test");
        test.ensureTopics();
        publisher = test.publisher();
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    /** One process of the service. */
    private final class Service implements AutoCloseable {
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final EmbedStage stage;
        final TeacherWorkers workers;

        Service(Map<String, String> settings) {
            SmallRyeConfig config = config(settings);
            TeacherConfig own = config.getConfigMapping(TeacherConfig.class);
            TeacherMeters teaching = new TeacherMeters(meters);
            stage = new TeacherAssembly().teachStage(own, config.getConfigMapping(StorageConfig.class), teaching);
            EventStreaming streaming = streaming(config.getConfigMapping(KafkaConfig.class), "llm-teacher");
            workers = TeacherWorkers.start(streaming, stage, objects, teaching, own);
        }

        int computed() {
            return SmallTeacher.computed(meters);
        }

        @Override
        public void close() {
            workers.close();
            stage.source().close();
        }
    }

    @Test
    void each_distinct_prompt_is_embedded_once_for_ever() {
        try (Service service = new Service(Map.of())) {
            curate("a", "b", "a", "", "a b c d e f g h i j", "c");
            await().atMost(PATIENCE).until(() -> embedded().size() == 3);
            curate("b", "d");
            await().atMost(PATIENCE).until(() -> embedded().size() == 4);

            Map<String, PromptEmbedded> results = embedded();
            assertEquals(Set.of("a", "b", "c", "d"), prompts(results));
            results.forEach(
                    (key, result) -> assertEquals(EmbeddingKey.of(service.stage.choice(), result.getPrompt()), key));
            assertEquals(4, service.computed());
        }
        // A process that begins anew, with everything to be read again.
        try (Service restarted = new Service(Map.of("surstream.teacher.group", prefix + "another"))) {
            curate("a", "e", "d");
            await().atMost(PATIENCE).until(() -> embedded().size() == 5);

            assertEquals(1, restarted.computed());
        }
    }

    @Test
    void two_instances_share_the_work_and_leave_one_result_a_prompt() {
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            prompts.add("w" + i % 30);
        }
        try (Service one = new Service(Map.of("surstream.kafka.instance", "one", "surstream.teacher.max-batch", "4"));
                Service two =
                        new Service(Map.of("surstream.kafka.instance", "two", "surstream.teacher.max-batch", "4"))) {
            await().atMost(PATIENCE).until(() -> one.workers.isReady() && two.workers.isReady());
            curate(prompts.toArray(String[]::new));
            await().atMost(PATIENCE).until(() -> embedded().size() == 30);

            int computed = one.computed() + two.computed();
            assertTrue(computed >= 30 && computed <= 60, computed + " prompts were computed");
        }
        try (Service later = new Service(Map.of("surstream.teacher.group", prefix + "later"))) {
            curate("w0", "a");
            await().atMost(PATIENCE).until(() -> embedded().size() == 31);
            assertEquals(1, later.computed());
        }
    }

    @Test
    void another_layer_is_another_result() {
        curate("a");
        try (Service service = new Service(Map.of("surstream.teacher.layer", "1"))) {
            await().atMost(PATIENCE).until(() -> embedded().size() == 1);
            assertEquals(1, service.computed());
        }
        try (Service service =
                new Service(Map.of("surstream.teacher.layer", "2", "surstream.teacher.group", prefix + "two"))) {
            await().atMost(PATIENCE).until(() -> embedded().size() == 2);
            assertEquals(1, service.computed());
        }
        assertEquals(
                Set.of(1, 2),
                embedded().values().stream()
                        .map(each -> each.getTeacher().getLayer())
                        .collect(Collectors.toSet()));
    }

    @Test
    void without_a_teacher_a_lazy_service_is_ready_and_leaves_the_examples_for_later() {
        curate("a");
        try (Service idle = new Service(Map.of(
                "surstream.teacher.model",
                folder.resolve("nowhere").toString(),
                "surstream.teacher.loading",
                "lazy"))) {
            assertTrue(idle.workers.isReady());
            assertTrue(idle.workers.details().get("teacher").contains("nowhere"));
        }
        try (Service service = new Service(Map.of("surstream.teacher.loading", "lazy"))) {
            await().atMost(PATIENCE).until(() -> embedded().size() == 1);
            assertEquals(1, service.computed());
        }
    }

    /** One by one: an idempotent producer loses its order when a topic's first leader is late. */
    private void curate(String... prompts) {
        for (String prompt : prompts) {
            String key = "set/" + examples++;
            ExampleCurated example = ExampleCurated.newBuilder()
                    .setExampleId(key)
                    .setSimplePrompt(prompt)
                    .build();
            publisher
                    .publish(Outgoing.of(Topic.EXAMPLES_CURATED, key, example))
                    .toCompletableFuture()
                    .join();
        }
    }

    private Map<String, PromptEmbedded> embedded() {
        Map<String, PromptEmbedded> embedded = new HashMap<>();
        try (TopicScan<PromptEmbedded> scan =
                test.scan("embedded", Topic.EXAMPLES_EMBEDDED, PromptEmbedded.getDefaultInstance())) {
            scan.toEnd(incoming -> embedded.put(incoming.key(), incoming.event()));
        }
        return embedded;
    }

    private static Set<String> prompts(Map<String, PromptEmbedded> embedded) {
        return embedded.values().stream().map(PromptEmbedded::getPrompt).collect(Collectors.toSet());
    }

    private static EventStreaming streaming(KafkaConfig config, String service) {
        return new EventStreaming(config.settings(), config.catalogue(), service, new SimpleMeterRegistry());
    }

    private SmallRyeConfig config(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>();
        values.put("surstream.kafka.bootstrap-servers", kafka.bootstrapServers());
        values.put("surstream.kafka.topics.partitions", "2");
        values.put("surstream.kafka.topics.prefix", prefix);
        values.put("surstream.teacher.group", prefix + "llm-teacher");
        values.put("surstream.teacher.model", teacher.toString());
        values.put("surstream.teacher.token-budget", "8");
        values.putAll(settings);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(TeacherConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
