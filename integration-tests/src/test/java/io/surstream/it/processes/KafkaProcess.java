package io.surstream.it.processes;

import io.surstream.secured.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Apache Kafka in a JVM of its own: one node, KRaft, formatted and started as its own scripts do. */
final class KafkaProcess {
    private final Path folder;
    private final int port = FreePorts.one();
    private final int controllerPort = FreePorts.one();
    private JvmProcess process;

    /** @param folder where its properties and data go */
    KafkaProcess(Path folder) {
        this.folder = folder;
    }

    /** Formats the data folder where that was not done, starts and returns at once. */
    void start() {
        Path properties = folder.resolve("server.properties");
        try {
            Files.createDirectories(folder);
            Files.writeString(properties, properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int formatted = StorageTool.execute(
                new String[] {
                    "format",
                    "--ignore-formatted",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    properties.toString()
                },
                new PrintStream(OutputStream.nullOutputStream()));
        if (formatted != 0) {
            throw new IllegalStateException("Kafka's storage tool ended with " + formatted);
        }
        process = new JvmProcess(
                "kafka",
                List.of(
                        "-Xmx384m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        properties.toString()));
    }

    private String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                message.max.bytes=2097152
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.share.delivery.count.limit=10
                # A rebalance in a second, not in five.
                group.consumer.min.heartbeat.interval.ms=500
                group.consumer.heartbeat.interval.ms=500
                group.share.min.heartbeat.interval.ms=500
                group.share.heartbeat.interval.ms=500
                group.streams.min.heartbeat.interval.ms=500
                group.streams.heartbeat.interval.ms=500
                group.streams.initial.rebalance.delay.ms=0
                """.formatted(port, controllerPort, folder.resolve("data"));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void stop() {
        if (process != null) {
            process.close();
        }
    }
}
