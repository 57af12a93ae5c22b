package io.surstream.it.processes;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A running {@code surstream up} with its edges. */
public final class Deployment implements Installation, AutoCloseable {
    private final Path data;
    private final Map<String, String> settings;
    private ServiceProcess process;
    private String bootstrapServers;
    private KafkaEdge kafka;
    private ObjectStore store;

    private Deployment(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = settings;
    }

    public static Deployment up(Path data) {
        return up(data, Map.of());
    }

    /** @param settings that differ from the defaults */
    public static Deployment up(Path data, Map<String, String> settings) {
        Deployment deployment = new Deployment(data, settings);
        try {
            deployment.start();
            return deployment;
        } catch (RuntimeException | Error e) {
            // Nobody else could stop it.
            deployment.close();
            throw e;
        }
    }

    /** Starts on the same data folder. */
    public void start() {
        process = ServiceProcess.up(data, List.of("--model", TestModel.REFERENCE), settings)
                .awaitReady();
        JsonNode run = run();
        bootstrapServers = run.path("bootstrap-servers").asText();
        kafka = new KafkaEdge(bootstrapServers);
        JsonNode storage = run.path("storage");
        store = new MinioObjectStore(StoreSettings.of(
                URI.create(storage.path("endpoint").asText()),
                storage.path("access-key").asText(),
                storage.path("secret-key").asText(),
                "surstream"));
    }

    /** Starts again on the same data folder after the process has ended by itself. */
    void restart() {
        closeEdges();
        start();
    }

    private JsonNode run() {
        Path file = data.resolve("run.json");
        Awaitility.await("run.json").atMost(Duration.ofMinutes(1)).until(() -> Files.exists(file));
        try {
            return RestEdge.json(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path data() {
        return data;
    }

    public ServiceProcess process() {
        return process;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public KafkaEdge kafka() {
        return kafka;
    }

    @Override
    public TopicReader topic(String name) {
        return new TopicReader(bootstrapServers, "surstream." + name);
    }

    @Override
    public String command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return SurstreamCommand.run(Map.of(), all);
    }

    public RestEdge rest() {
        return new RestEdge(process);
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    /** As the out-of-memory killer would. */
    public void kill() {
        closeEdges();
        process.kill();
    }

    private void closeEdges() {
        if (kafka != null) {
            kafka.close();
        }
        if (store != null) {
            store.close();
        }
        kafka = null;
        store = null;
    }

    @Override
    public void close() {
        closeEdges();
        if (process != null) {
            process.close();
        }
    }
}
