package io.surstream.gateway;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.storage.StoredObject;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SampledImages;
import io.surstream.v1.SamplingSettings;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Says on the topics what prompt-encoder and image-sampler would say. */
public final class FakeWorkers implements AutoCloseable {

    static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

    private static final SamplingSettings SETTINGS = SamplingSettings.newBuilder()
            .setSeed(7)
            .setNumInferenceSteps(20)
            .setGuidanceScale(5)
            .setScheduler("ddim")
            .setNumImages(1)
            .setHeight(64)
            .setWidth(64)
            .build();

    private final EventPublisher publisher;
    private final MinioObjectStore store;

    public FakeWorkers() {
        Config config = ConfigProvider.getConfig();
        publisher = new EventStreaming(
                        new KafkaSettings(
                                config.getValue("surstream.kafka.bootstrap-servers", String.class), "test", Map.of()),
                        new Topics(TopicSettings.defaults()),
                        "fake-workers",
                        new SimpleMeterRegistry())
                .publisher();
        store = new MinioObjectStore(StoreSettings.of(
                URI.create(config.getValue("surstream.storage.endpoint", String.class)),
                config.getValue("surstream.storage.access-key", String.class),
                config.getValue("surstream.storage.secret-key", String.class),
                "surstream"));
        store.ensureBucket();
    }

    public void encode(String jobId) {
        publish(
                Topic.PROMPTS_ENCODED,
                jobId,
                PromptEncoded.newBuilder()
                        .setJobId(jobId)
                        .setEncoded(EncodedPrompt.newBuilder().setSampling(SETTINGS))
                        .build());
    }

    void refuse(String jobId) {
        refuse(jobId, "PROMPT_TOO_LONG", "prompt", "prompt must have at most 75 tokens but has 90: shorten it");
    }

    /** What prompt-encoder answers while the channel that was asked for is empty. */
    public void missAdapter(String jobId) {
        refuse(jobId, "UNKNOWN_ADAPTER", "adapter", "adapter must be one of none but is 'live'");
    }

    private void refuse(String jobId, String type, String field, String message) {
        publish(
                Topic.IMAGES_SAMPLED,
                jobId,
                ImageSampled.newBuilder()
                        .setJobId(jobId)
                        .setFailure(Failure.newBuilder()
                                .setType(type)
                                .setField(field)
                                .setMessage(message)
                                .setStage("prompt-encoder"))
                        .build());
    }

    public void progress(String jobId, int steps) {
        publish(
                Topic.IMAGES_PROGRESSED,
                jobId,
                ImageProgressed.newBuilder()
                        .setJobId(jobId)
                        .setStepsDone(steps)
                        .setStepsTotal(20)
                        .build());
    }

    public StoredObject draw(String jobId) {
        return draw(jobId, "none");
    }

    public StoredObject draw(String jobId, String adapterRevision) {
        StoredObject object = store.put("images/" + jobId + "/0.png", IMAGE, "image/png");
        ObjectReference reference = ObjectReference.newBuilder()
                .setBucket(object.bucket())
                .setKey(object.key())
                .setSha256(object.sha256().orElseThrow())
                .setSize(object.size())
                .setContentType("image/png")
                .build();
        publish(
                Topic.IMAGES_SAMPLED,
                jobId,
                ImageSampled.newBuilder()
                        .setJobId(jobId)
                        .setImages(SampledImages.newBuilder()
                                .addImages(SampledImage.newBuilder()
                                        .setObject(reference)
                                        .setSeed(7)
                                        .setHeight(64)
                                        .setWidth(64))
                                .setSampling(SETTINGS)
                                .setAdapterRevision(adapterRevision)
                                .setModelRevision("test"))
                        .build());
        return object;
    }

    boolean hasImage(String jobId) {
        return store.find("images/" + jobId + "/0.png").isPresent();
    }

    void loseImage(String jobId) {
        store.delete("images/" + jobId + "/0.png");
    }

    private void publish(Topic topic, String jobId, Message event) {
        publisher
                .publish(Outgoing.of(topic, jobId, event))
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        publisher.close();
        store.close();
    }
}
