package io.surstream.cli.remote;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to reach a deployment: a running {@code surstream up} by its data folder, or addresses given one by one. */
public final class Connection {
    private static final int CONNECT_MILLIS = 2_000;

    @Mixin
    DataFolderOption data = new DataFolderOption();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:SURSTREAM_KAFKA_BOOTSTRAP_SERVERS}",
            description = "Kafka address (default: that of the running 'surstream up').")
    String bootstrap;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "Prefix of the topics (default: SURSTREAM_KAFKA_TOPICS_PREFIX, or surstream.).")
    String topicPrefix;

    @Option(
            names = "--storage",
            paramLabel = "URL",
            defaultValue = "${env:SURSTREAM_STORAGE_ENDPOINT}",
            description = "S3 endpoint (default: that of the running 'surstream up').")
    String storage;

    @Option(
            names = "--access-key",
            paramLabel = "KEY",
            defaultValue = "${env:SURSTREAM_STORAGE_ACCESS_KEY}",
            description = "Access key of the store.")
    String accessKey;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            defaultValue = "${env:SURSTREAM_STORAGE_SECRET_KEY}",
            description = "Secret key of the store; prefer SURSTREAM_STORAGE_SECRET_KEY.")
    String secretKey;

    /** The catalogue under this deployment's prefix: the option's, or else the setting's. */
    public Topics topics() {
        return new RemoteSettings().topics(Optional.ofNullable(topicPrefix));
    }

    /** How to authenticate to this deployment's brokers. */
    public KafkaSettings kafka(RunningInstance instance) {
        return new RemoteSettings().kafka(instance.bootstrapServers());
    }

    /** The deployment's store, endpoint and account. */
    public StoreSettings storage(RunningInstance instance) {
        return new RemoteSettings().store(instance);
    }

    /** Days after which the store is to remove images; empty: never. */
    public OptionalInt imageDays() {
        return new RemoteSettings().imageDays();
    }

    /** The deployment's bucket: the one that was named, or else the setting's. */
    public String bucket(Optional<String> named) {
        return named.orElseGet(new RemoteSettings()::bucket);
    }

    /**
     * Where broker and store are.
     *
     * @throws CommandFailedException when that is not known, or nobody answers at the broker's address
     */
    public RunningInstance resolve() {
        Optional<RunningInstance> running = RunningInstance.in(data.folder());
        RunningInstance found = new RunningInstance(
                running.map(RunningInstance::pid).orElse(-1L),
                running.map(RunningInstance::http).orElse(""),
                given(bootstrap, running.map(RunningInstance::bootstrapServers), "--bootstrap"),
                given(storage, running.map(RunningInstance::storageEndpoint), "--storage"),
                given(accessKey, running.map(RunningInstance::accessKey), "--access-key"),
                given(secretKey, running.map(RunningInstance::secretKey), "--secret-key"));
        requireBroker(found.bootstrapServers());
        return found;
    }

    /** Its topics, for commands that do not run for long. */
    public EventStreaming streaming(RunningInstance instance) {
        return new EventStreaming(kafka(instance), topics(), "cli", new SimpleMeterRegistry());
    }

    /** A bucket of its store; the caller closes it. */
    public ObjectStore store(RunningInstance instance, String bucket) {
        return new MinioObjectStore(storage(instance).withBucket(bucket));
    }

    private String given(String option, Optional<String> running, String name) {
        if (option != null && !option.isBlank()) {
            return option;
        }
        return running.orElseThrow(() -> new CommandFailedException("no 'surstream up' is ready on " + data.folder()
                + "; start ./surstream up (or give --data, or " + name + " and the other addresses)"));
    }

    private static void requireBroker(String bootstrapServers) {
        for (String address : bootstrapServers.split(",")) {
            int colon = address.lastIndexOf(':');
            if (colon < 1 || !address.substring(colon + 1).trim().matches("\\d{1,5}")) {
                throw new CommandFailedException("--bootstrap must be host:port but is " + address);
            }
            String host = address.substring(0, colon).trim();
            int port = Integer.parseInt(address.substring(colon + 1).trim());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                // The next address may answer.
                continue;
            }
        }
        throw new CommandFailedException("no Kafka broker answers at " + bootstrapServers
                + "; start ./surstream up or give --bootstrap HOST:PORT");
    }
}
