package io.surstream.encoder;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.kafka.EncoderWorkers;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and the bundled model. */
class PromptEncoderIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static final Map<String, PromptEncoded> ENCODED = new ConcurrentHashMap<>();
    private static final Map<String, ImageSampled> ENDS = new ConcurrentHashMap<>();
    private static final InMemoryObjectStore OBJECTS = new InMemoryObjectStore("surstream");
    private static EmbeddedKafka kafka;
    private static TestEncoder encoder;
    private static EncoderWorkers workers;
    private static EventWorker encodedFollower;
    private static EventWorker endFollower;
    private static EventPublisher publisher;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
        SmallRyeConfig config = TestEncoder.config(Map.of(
                "surstream.model", "playground",
                "surstream.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "surstream.kafka.topics.partitions", "2"));
        EncoderConfig own = config.getConfigMapping(EncoderConfig.class);
        KafkaConfig cluster = config.getConfigMapping(KafkaConfig.class);
        encoder = TestEncoder.of(own, config.getConfigMapping(StorageConfig.class));
        EventStreaming streaming = streaming(cluster, "prompt-encoder");
        workers = EncoderWorkers.start(streaming, encoder.encoding(), encoder.promoted(), OBJECTS, own);
        EventStreaming test = streaming(cluster, "test");
        encodedFollower = test.follow(
                "encoded",
                Topic.PROMPTS_ENCODED,
                PromptEncoded.getDefaultInstance(),
                e -> ENCODED.put(e.event().getJobId(), e.event()));
        endFollower = test.follow(
                "ends",
                Topic.IMAGES_SAMPLED,
                ImageSampled.getDefaultInstance(),
                e -> ENDS.put(e.event().getJobId(), e.event()));
        publisher = test.publisher();
        await().atMost(PATIENCE).until(() -> workers.isReady() && encodedFollower.isReady() && endFollower.isReady());
    }

    @AfterAll
    static void stop() throws Exception {
        if (kafka != null) {
            workers.close();
            encoder.promoted().close();
            encodedFollower.close();
            endFollower.close();
            publisher.close();
            kafka.close();
        }
    }

    @Test
    void aPromptEventBecomesEmbeddingsWithCompleteSettings() {
        submit("good", "2 heart, blue, side by side");

        await().atMost(PATIENCE).until(() -> ENCODED.containsKey("good"));
        EncodedPrompt encoded = ENCODED.get("good").getEncoded();
        assertEquals(3, encoded.getPromptEmbeds().getShapeCount());
        assertEquals(
                encoded.getPromptEmbeds().getShapeList(),
                encoded.getNegativePromptEmbeds().getShapeList());
        assertTrue(encoded.getSampling().hasSeed());
        assertTrue(encoded.getSampling().hasHeight());
        assertTrue(encoded.getAdapterRevision().matches("[0-9a-f]{16}"), "the model's own adapter is live");
    }

    /** As any program writes: compressed, under any key. */
    private static void write(Topic topic, String key, String... values) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "compression.type", "gzip",
                "linger.ms", "200",
                "batch.size", String.valueOf(16 << 20),
                "max.request.size", String.valueOf(16 << 20));
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("surstream." + topic.shortName(), key, value));
            }
            producer.flush();
        }
    }

    private static String json(String id, String prompt) {
        return "{\"jobId\":\"" + id + "\",\"prompt\":\"" + prompt + "\"}";
    }

    @Test
    void a_compressed_prompt_of_3_mb_is_refused_and_the_others_of_its_batch_are_served() throws Exception {
        write(
                Topic.PROMPTS_SUBMITTED,
                "user-42",
                json("small-1", "1 star, red"),
                json("words", "heart ".repeat(500_000)),
                json("letters", "x".repeat(3 << 20)),
                json("small-2", "1 star, blue"));

        await().atMost(PATIENCE).until(() -> ENCODED.keySet().containsAll(Set.of("small-1", "small-2")));
        await().atMost(PATIENCE).until(() -> ENDS.keySet().containsAll(Set.of("words", "letters")));
        for (String id : List.of("words", "letters")) {
            assertEquals("PROMPT_TOO_LONG", ENDS.get(id).getFailure().getType());
            assertEquals("prompt", ENDS.get(id).getFailure().getField());
        }
        assertFalse(ENDS.containsKey("user-42"));
    }

    @Test
    void a_value_that_cannot_be_read_fails_its_own_job_whatever_the_key_is() throws Exception {
        write(Topic.PROMPTS_SUBMITTED, "somebody-elses-job", "{\"jobId\":\"stray-1\",\"promt\":1}", "{\"promt\":1}");

        await().atMost(PATIENCE).until(() -> ENDS.containsKey("stray-1"));
        assertEquals("UNKNOWN_FIELD", ENDS.get("stray-1").getFailure().getType());
        assertFalse(ENDS.containsKey("somebody-elses-job"));
    }

    @Test
    void a_cancellation_in_json_is_heard() throws Exception {
        write(Topic.PROMPTS_CANCELLED, null, "{\"jobId\":\"unwanted-by-json\",\"reason\":\"by kcat\"}");
        await().atMost(PATIENCE).until(() -> {
            submit("unwanted-by-json", "1 star, red");
            return ENDS.containsKey("unwanted-by-json");
        });
        assertEquals("by kcat", ENDS.get("unwanted-by-json").getCancelled().getReason());
    }

    @Test
    void aPromptThatIsRefusedEndsItsJobAndTheNextGoodOneIsServed() {
        submit("bad", "");
        submit("after-bad", "1 star, red");

        await().atMost(PATIENCE).until(() -> ENDS.containsKey("bad") && ENCODED.containsKey("after-bad"));
        assertEquals("prompt", ENDS.get("bad").getFailure().getField());
    }

    @Test
    void aJobThatWasCancelledEndsAsCancelled() {
        publish(
                Topic.PROMPTS_CANCELLED,
                "unwanted",
                PromptCancelled.newBuilder()
                        .setJobId("unwanted")
                        .setReason("changed my mind")
                        .build());

        // The cancellation travels on a topic of its own: until it has arrived, the job is encoded as usual.
        await().atMost(PATIENCE).until(() -> {
            submit("unwanted", "1 star, red");
            return ENDS.containsKey("unwanted");
        });
        assertEquals("changed my mind", ENDS.get("unwanted").getCancelled().getReason());
    }

    private static void submit(String jobId, String prompt) {
        publish(
                Topic.PROMPTS_SUBMITTED,
                jobId,
                PromptSubmitted.newBuilder().setJobId(jobId).setPrompt(prompt).build());
    }

    private static void publish(Topic topic, String jobId, com.google.protobuf.Message event) {
        publisher
                .publish(Outgoing.of(topic, jobId, event))
                .toCompletableFuture()
                .join();
    }

    private static EventStreaming streaming(KafkaConfig config, String service) {
        return new EventStreaming(config.settings(), config.catalogue(), service, new SimpleMeterRegistry());
    }
}
