package io.surstream.sampler;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.modelstore.tensors.TensorOffload;
import io.surstream.sampler.app.SamplerAssembly;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.kafka.SamplerWorkers;
import io.surstream.sampler.model.UnetLimits;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.ModelLimits;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.SampledImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real store and the bundled model. */
class ImageSamplerIT {
    private static final String MODEL = "playground";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static final Map<String, List<ImageSampled>> ENDS = new ConcurrentHashMap<>();
    private static EmbeddedPlatform platform;
    private static MinioObjectStore objects;
    private static SamplerWorkers workers;
    private static EventWorker endFollower;
    private static EventPublisher publisher;
    private static ModelLimits limits;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")),
                new EmbeddedS3Settings(folder.resolve("s3"), 0, "surstream", "surstream"));
        SmallRyeConfig config = config(Map.of(
                "surstream.model",
                MODEL,
                "surstream.kafka.bootstrap-servers",
                platform.kafka().bootstrapServers(),
                "surstream.kafka.topics.partitions",
                "2",
                "surstream.storage.endpoint",
                platform.s3().endpoint().toString()));
        SamplerConfig own = config.getConfigMapping(SamplerConfig.class);
        KafkaConfig cluster = config.getConfigMapping(KafkaConfig.class);
        StorageConfig storage = config.getConfigMapping(StorageConfig.class);
        ModelFolder model = ModelResolver.standard(Map.of()).resolve(MODEL);
        limits = UnetLimits.of(model, PromptLimits.STANDARD, SamplingRules.of(model, PromptLimits.STANDARD));
        objects = new MinioObjectStore(storage.settings());
        objects.ensureBucket();
        JobStore store = new JobStore(objects);
        ImageSampling sampling = new SamplerAssembly().sampling(own, storage, store, new SimpleMeterRegistry());
        workers = SamplerWorkers.start(streaming(cluster, "image-sampler"), sampling, store, own);
        EventStreaming test = streaming(cluster, "test");
        endFollower =
                test.follow("ends", Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance(), e -> ENDS.computeIfAbsent(
                                e.event().getJobId(), id -> new CopyOnWriteArrayList<>())
                        .add(e.event()));
        publisher = test.publisher();
        await().atMost(PATIENCE).until(() -> workers.isReady() && endFollower.isReady());
    }

    @AfterAll
    static void stop() throws Exception {
        if (platform != null) {
            workers.close();
            endFollower.close();
            publisher.close();
            objects.close();
            platform.close();
        }
    }

    @Test
    void anEncodedPromptBecomesImagesInTheStoreAndAnEvent() {
        publish(Topic.PROMPTS_ENCODED, "good", Prompts.encoded("good", prompt()));

        ImageSampled end = end("good");
        assertEquals(2, end.getImages().getImagesCount());
        for (SampledImage image : end.getImages().getImagesList()) {
            byte[] png = objects.get(image.getObject().getKey());
            assertEquals(image.getObject().getSize(), png.length);
            assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(png, 4));
        }
    }

    @Test
    void embeddingsByReferenceGiveTheSameImageAsInlineOnes() {
        EncodedPrompt inline = prompt();
        publish(Topic.PROMPTS_ENCODED, "inline", Prompts.encoded("inline", inline));
        publish(Topic.PROMPTS_ENCODED, "referred", Prompts.encoded("referred", referring(inline)));

        assertEquals(
                end("inline").getImages().getImages(0).getObject().getSha256(),
                end("referred").getImages().getImages(0).getObject().getSha256());
    }

    @Test
    void aJobWhoseEmbeddingsAreGoneFailsByNameAndTheNextGoodOneIsServed() {
        EncodedPrompt gone = referring(filled(0.5f));
        objects.delete(gone.getPromptEmbeds().getObject().getKey());
        publish(Topic.PROMPTS_ENCODED, "gone", Prompts.encoded("gone", gone));
        publish(Topic.PROMPTS_ENCODED, "after-gone", Prompts.encoded("after-gone", prompt()));

        assertEquals("TENSOR_NOT_FOUND", end("gone").getFailure().getType());
        assertEquals("prompt_embeds", end("gone").getFailure().getField());
        assertTrue(end("after-gone").hasImages());
    }

    @Test
    void aJobWhoseEmbeddingsAreOthersFailsByName() {
        EncodedPrompt wrong = referring(filled(0.25f));
        ObjectReference object = wrong.getPromptEmbeds().getObject();
        objects.put(object.getKey(), new byte[(int) object.getSize()], "application/octet-stream");
        publish(Topic.PROMPTS_ENCODED, "wrong", Prompts.encoded("wrong", wrong));

        assertEquals("TENSOR_CORRUPT", end("wrong").getFailure().getType());
    }

    /** Embeddings that no other test has, so that none of them is remembered. */
    private static EncodedPrompt filled(float value) {
        float[] values = new float[(int) (limits.embedLength() * limits.embedWidth())];
        Arrays.fill(values, value);
        return prompt().toBuilder()
                .setPromptEmbeds(Prompts.tensor(values, 1, limits.embedLength(), limits.embedWidth()))
                .build();
    }

    private static EncodedPrompt referring(EncodedPrompt prompt) {
        TensorOffload offload = new TensorOffload(objects, () -> "embeds", 0);
        return prompt.toBuilder()
                .setPromptEmbeds(offload.apply(prompt.getPromptEmbeds()))
                .setNegativePromptEmbeds(offload.apply(prompt.getNegativePromptEmbeds()))
                .build();
    }

    @Test
    void aJobThatIsDeliveredTwiceHasOneSetOfImagesAndTellsTheSameEnd() {
        publish(Topic.PROMPTS_ENCODED, "twice", Prompts.encoded("twice", prompt()));
        publish(Topic.PROMPTS_ENCODED, "twice", Prompts.encoded("twice", prompt()));

        await().atMost(PATIENCE)
                .until(() -> ENDS.getOrDefault("twice", List.of()).size() == 2);
        assertEquals(ENDS.get("twice").get(0), ENDS.get("twice").get(1));
        assertEquals(3, objects.list("images/twice/").size(), "two images and the end");
    }

    @Test
    void aPromptOfAnotherModelFailsAndTheNextGoodOneIsServed() {
        EncodedPrompt other = prompt().toBuilder().setModelRevision("other").build();
        publish(Topic.PROMPTS_ENCODED, "other", Prompts.encoded("other", other));
        publish(Topic.PROMPTS_ENCODED, "after-other", Prompts.encoded("after-other", prompt()));

        assertEquals("MODEL_MISMATCH", end("other").getFailure().getType());
        assertTrue(end("after-other").hasImages());
    }

    @Test
    void aJobThatIsCancelledWhileItIsSampledEndsAsCancelled() {
        EncodedPrompt prompt = prompt();
        EncodedPrompt endless = prompt.toBuilder()
                .setSampling(prompt.getSampling().toBuilder()
                        .setNumInferenceSteps(1000)
                        .setNumImages(16))
                .build();
        publish(Topic.PROMPTS_ENCODED, "endless", Prompts.encoded("endless", endless));
        publish(
                Topic.PROMPTS_CANCELLED,
                "endless",
                PromptCancelled.newBuilder()
                        .setJobId("endless")
                        .setReason("enough")
                        .build());

        assertEquals("enough", end("endless").getCancelled().getReason());
        assertEquals(1, objects.list("images/endless/").size(), "the end alone");
    }

    private static ImageSampled end(String jobId) {
        await().atMost(PATIENCE).until(() -> ENDS.containsKey(jobId));
        return ENDS.get(jobId).get(0);
    }

    private static EncodedPrompt prompt() {
        EncodedPrompt prompt = Prompts.prompt();
        return prompt.toBuilder()
                .setSampling(prompt.getSampling().toBuilder().setHeight(32).setWidth(32))
                .setPromptEmbeds(Prompts.tensor(1, limits.embedLength(), limits.embedWidth()))
                .setNegativePromptEmbeds(Prompts.tensor(1, limits.embedLength(), limits.embedWidth()))
                .setModelRevision(limits.revision())
                .build();
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

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SamplerConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
