package io.surstream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One combined KRaft broker and controller in this JVM, on 127.0.0.1 without encryption, its data on disk.
 * Records, groups and transactions survive a restart, a hard kill included. Threads belong to the broker;
 * {@link #close()} may be called from any thread.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int ATTEMPTS_FOR_A_FREE_PORT = 5;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final KafkaRaftServer server;
    private final BrokerThreads threads;
    private final FolderLock folder;
    private final int port;
    private final List<ReservedPort> reserved;

    private EmbeddedKafka(
            KafkaRaftServer server, BrokerThreads threads, FolderLock folder, int port, List<ReservedPort> reserved) {
        this.server = server;
        this.threads = threads;
        this.folder = folder;
        this.port = port;
        this.reserved = reserved;
    }

    /**
     * Starts the broker and returns when it serves clients; about 2.5 s.
     *
     * @throws FolderInUseException when another broker has the folder
     * @throws EmbeddedStartException when the folder cannot be written, or a fixed port is taken
     */
    public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
        FolderLock folder = take(settings);
        try {
            return start(settings, folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static FolderLock take(EmbeddedKafkaSettings settings) {
        try {
            return FolderLock.take(settings.dataDir());
        } catch (IOException e) {
            throw refusal(settings, settings.port(), settings.controllerPort(), e);
        }
    }

    private static EmbeddedKafka start(EmbeddedKafkaSettings settings, FolderLock folder) {
        for (int attempt = 1; ; attempt++) {
            List<ReservedPort> reserved = new ArrayList<>();
            int port = port(settings.port(), reserved);
            int controllerPort = port(settings.controllerPort(), reserved);
            BrokerThreads threads = new BrokerThreads("embedded-kafka-" + port);
            try {
                KafkaRaftServer server = start(settings, port, controllerPort, threads);
                return new EmbeddedKafka(server, threads, folder, port, reserved);
            } catch (Exception e) {
                reserved.forEach(ReservedPort::close);
                if (reserved.isEmpty() || !isPortTaken(e) || attempt == ATTEMPTS_FOR_A_FREE_PORT) {
                    throw refusal(settings, port, controllerPort, e);
                }
            }
        }
    }

    private static int port(int wanted, List<ReservedPort> reserved) {
        if (wanted != 0) {
            return wanted;
        }
        ReservedPort any = ReservedPort.any();
        reserved.add(any);
        return any.number();
    }

    private static KafkaRaftServer start(
            EmbeddedKafkaSettings settings, int port, int controllerPort, BrokerThreads threads) throws Exception {
        format(settings);
        Map<String, String> properties = new HashMap<>(brokerProperties(settings.dataDir(), port, controllerPort));
        properties.putAll(settings.shareGroups().brokerProperties());
        properties.putAll(settings.overrides());
        KafkaRaftServer server =
                threads.call(() -> new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM));
        try {
            threads.call(() -> {
                server.startup();
                return null;
            });
        } catch (Exception e) {
            stop(server, threads);
            throw e;
        }
        return server;
    }

    private static boolean stop(KafkaRaftServer server, BrokerThreads threads) {
        return threads.stop(
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                STOP_LIMIT);
    }

    private static void format(EmbeddedKafkaSettings settings) throws Exception {
        Path dataDir = settings.dataDir();
        if (Files.exists(dataDir.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(dataDir.toString()))
                .setMetadataLogDirectory(dataDir.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setScramArguments(scramArguments(settings.scramUsers()))
                .setIgnoreFormatted(true)
                .run();
    }

    private static List<String> scramArguments(Map<String, String> users) {
        return users.entrySet().stream()
                .map(user -> "SCRAM-SHA-512=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .toList();
    }

    private static Map<String, String> brokerProperties(Path dataDir, int port, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", dataDir.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("message.max.bytes", "2097152"),
                // One node: every internal topic with one replica and one partition.
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                // Groups form immediately, and a member that died is noticed soon.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
                Map.entry("group.consumer.heartbeat.interval.ms", "500"),
                Map.entry("group.consumer.min.session.timeout.ms", "6000"),
                Map.entry("group.consumer.session.timeout.ms", "10000"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                Map.entry("group.streams.min.heartbeat.interval.ms", "500"),
                Map.entry("group.streams.heartbeat.interval.ms", "500"),
                Map.entry("group.streams.min.session.timeout.ms", "6000"),
                Map.entry("group.streams.session.timeout.ms", "10000"),
                // After a hard kill the new broker waits until the old one's session is over. Much shorter, and a
                // machine
                // that is overloaded for some seconds makes the only broker leave its own cluster, and all locks are
                // lost.
                Map.entry("broker.session.timeout.ms", "9000"),
                Map.entry("broker.heartbeat.interval.ms", "500"),
                // So does a transaction that a killed worker left open.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
                // Small: one application, not a cluster.
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20)));
    }

    private static boolean isPortTaken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("failed to bind")) {
                return true;
            }
        }
        return false;
    }

    private static EmbeddedStartException refusal(
            EmbeddedKafkaSettings settings, int port, int controllerPort, Exception e) {
        String place = "the embedded Kafka broker (data " + settings.dataDir() + ", port " + port + ", controller port "
                + controllerPort + ") did not start: ";
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        if (isPortTaken(e)) {
            why = "a port is taken; choose other ports or 0 for free ones";
        } else if (e instanceof IOException) {
            why = "its data folder cannot be written: " + why;
        }
        return new EmbeddedStartException(place + why, e);
    }

    /** host:port for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /**
     * Completed when the broker meets a fault that it cannot serve after, such as a disk that is full. It never ends
     * the process: the owner of this object decides what to do.
     */
    public CompletableFuture<BrokerFaultException> fault() {
        return threads.fault().copy();
    }

    /**
     * Stops the broker and waits for it; about 0.4 s, and 35 s at most: a thread that does not end is interrupted, then
     * abandoned and logged. A folder with such a thread stays taken until the process ends.
     */
    @Override
    public void close() {
        if (stop(server, threads)) {
            folder.close();
        }
        reserved.forEach(ReservedPort::close);
    }
}
