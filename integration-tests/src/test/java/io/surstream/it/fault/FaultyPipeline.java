package io.surstream.it.fault;

import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.embedded.ShareGroupSettings;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The inference pipeline as processes: a gateway, two encoders, two samplers, with a broker and a store in this JVM. Locks of the
 * samplers' share group last 3 s.
 */
final class FaultyPipeline implements AutoCloseable {
    private static final ShareGroupSettings SHORT_LOCK =
            new ShareGroupSettings(Duration.ofSeconds(3), 10, Duration.ofMillis(500));
    private static final Map<String, String> SERVICES = Map.of(
            "gateway", "gateway",
            "encoder-1", "prompt-encoder",
            "encoder-2", "prompt-encoder",
            "sampler-1", "image-sampler",
            "sampler-2", "image-sampler");

    private final EmbeddedPlatform platform;
    private final ObjectStore store;
    private final Map<String, ServiceProcess> running = new HashMap<>();

    private FaultyPipeline(EmbeddedPlatform platform) {
        this.platform = platform;
        this.store = new MinioObjectStore(StoreSettings.of(
                platform.s3().endpoint(),
                platform.s3().accessKey(),
                platform.s3().secretKey(),
                "surstream"));
    }

    /** Starts all processes and returns before they are ready. */
    static FaultyPipeline start(Path data) {
        FaultyPipeline pipeline = new FaultyPipeline(EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(data.resolve("kafka")).withShareGroups(SHORT_LOCK),
                EmbeddedS3Settings.in(data.resolve("s3"))));
        SERVICES.keySet().forEach(pipeline::run);
        return pipeline;
    }

    private void run(String instance) {
        running.put(
                instance,
                ServiceProcess.start(
                        SERVICES.get(instance),
                        Map.of(
                                "surstream.model", TestModel.REFERENCE,
                                "surstream.threads", "1",
                                "surstream.kafka.bootstrap-servers", bootstrapServers(),
                                "surstream.kafka.instance", instance,
                                "surstream.storage.endpoint",
                                        platform.s3().endpoint().toString(),
                                "surstream.storage.access-key", platform.s3().accessKey(),
                                "surstream.storage.secret-key", platform.s3().secretKey())));
    }

    void awaitReady() {
        running.values().forEach(ServiceProcess::awaitReady);
    }

    /** Names of all instances, in order. */
    static List<String> instances() {
        return SERVICES.keySet().stream().sorted().toList();
    }

    String bootstrapServers() {
        return platform.kafka().bootstrapServers();
    }

    ObjectStore store() {
        return store;
    }

    ServiceProcess gateway() {
        return running.get("gateway");
    }

    /** SIGKILL; a new process under the same name starts at once. */
    void kill(String instance) {
        running.get(instance).kill();
        run(instance);
    }

    /** SIGTERM, as an orchestrator does; a new process under the same name starts when it has ended. */
    void restart(String instance) {
        running.get(instance).stop();
        run(instance);
    }

    /** Until {@link #thaw} it does nothing. */
    void freeze(String instance) {
        running.get(instance).freeze();
    }

    void thaw(String instance) {
        running.get(instance).thaw();
    }

    @Override
    public void close() {
        running.values().stream().filter(ServiceProcess::isAlive).forEach(ServiceProcess::kill);
        store.close();
        platform.close();
    }
}
