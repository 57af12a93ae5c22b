package io.surstream.it.processes;

import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.testsupport.secured.FreePorts;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * Apache Kafka in a JVM of its own: one node, KRaft, formatted and started as its own scripts do. It has one door, TLS with
 * SCRAM-SHA-512, an authorizer that allows nothing by itself, and the users of {@link ServiceAccess}, who have no rights yet.
 */
final class KafkaProcess {
    /** May do everything. */
    static final String ADMINISTRATOR = "administrator";
    /** As whom the broker calls itself. */
    private static final String BROKER = "broker";

    /** As Kafka logs by default. */
    private static final String LOGGING = """
            logger.level=INFO
            logger.handlers=CONSOLE
            handler.CONSOLE=org.jboss.logmanager.handlers.ConsoleHandler
            handler.CONSOLE.properties=autoFlush
            handler.CONSOLE.autoFlush=true
            handler.CONSOLE.formatter=LINE
            formatter.LINE=org.jboss.logmanager.formatters.PatternFormatter
            formatter.LINE.properties=pattern
            formatter.LINE.pattern=%d{HH:mm:ss,SSS} %-5p [%c] %s%e%n
            """;

    private final Path folder;
    private final TestCertificates certificates;
    private final int port = FreePorts.one();
    private final int controllerPort = FreePorts.one();
    private JvmProcess process;

    /**
     * @param folder where its properties and data go
     * @param certificates by whom its own is signed
     */
    KafkaProcess(Path folder, TestCertificates certificates) {
        this.folder = folder;
        this.certificates = certificates;
    }

    /** Who may sign in. */
    static List<String> users() {
        return Stream.concat(
                        Stream.of(ADMINISTRATOR, BROKER),
                        Arrays.stream(ServiceAccess.values()).map(ServiceAccess::user))
                .toList();
    }

    /** Formats the data folder where that was not done, starts and returns at once. */
    void start() {
        Path properties = folder.resolve("server.properties");
        Path logging = folder.resolve("logging.properties");
        try {
            Files.createDirectories(folder);
            Files.writeString(properties, properties());
            Files.writeString(logging, LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        format(properties);
        process = new JvmProcess(
                "kafka",
                List.of(
                        "-Xmx384m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dlogging.configuration=" + logging.toUri(),
                        "-cp",
                        classPath(),
                        "kafka.Kafka",
                        properties.toString()));
    }

    /** That of the tests, less what would keep all that is logged until a Quarkus application has started. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("quarkus-bootstrap-runner"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void format(Path properties) {
        List<String> arguments = new ArrayList<>(List.of("format", "--ignore-formatted"));
        arguments.addAll(List.of("--cluster-id", Uuid.randomUuid().toString(), "--config", properties.toString()));
        for (String user : users()) {
            arguments.add("--add-scram");
            arguments.add("SCRAM-SHA-512=[name=" + user + ",password=" + SecuredKafka.password(user) + "]");
        }
        int formatted =
                StorageTool.execute(arguments.toArray(String[]::new), new PrintStream(OutputStream.nullOutputStream()));
        if (formatted != 0) {
            throw new IllegalStateException("Kafka's storage tool ended with " + formatted);
        }
    }

    private String properties() {
        return node() + security() + """
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
                """;
    }

    private String node() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=SASL_SSL://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=SASL_SSL
                log.dirs=%3$s
                """.formatted(port, controllerPort, folder.resolve("data"));
    }

    private String security() {
        TestCertificates.Identity own = certificates.issue(BROKER);
        return """
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=%1$s
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%2$s
                ssl.keystore.password=%3$s
                ssl.key.password=%3$s
                ssl.truststore.type=PEM
                ssl.truststore.location=%4$s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                # Without a name comes only the broker to its controller; no other door lets anybody in so.
                super.users=User:ANONYMOUS;User:%5$s;User:%6$s
                """.formatted(
                        ScramDoor.jaas(BROKER),
                        own.keystore(),
                        own.password(),
                        certificates.authority(),
                        BROKER,
                        ADMINISTRATOR);
    }

    ScramDoor door() {
        return new ScramDoor("127.0.0.1:" + port, certificates.authority());
    }

    /** Dies, and what it had is gone. */
    void lose() {
        process.kill();
        Folder.delete(folder);
    }

    void stop() {
        if (process != null) {
            process.close();
        }
    }
}
