package io.surstream.it.tls;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.testsupport.secured.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The embedded broker with a door as {@code deploy/compose.tls.yaml} sets it up: TLS, and a certificate of every client. */
final class ComposeBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1:";
    private static final String DOOR = "INTERNAL";

    private final EmbeddedKafka broker;
    private final String door;

    private ComposeBroker(EmbeddedKafka broker, String door) {
        this.broker = broker;
        this.door = door;
    }

    /** @param certificates what Compose mounts into Kafka's container as {@code /certificates} */
    static ComposeBroker start(Path data, Path certificates) throws IOException {
        List<Integer> ports = FreePorts.many(3);
        int open = ports.get(0);
        int controller = ports.get(1);
        String door = HOST + ports.get(2);
        String doors = "PLAINTEXT://" + HOST + open + "," + DOOR + "://" + door;
        Map<String, String> properties = new HashMap<>(
                Map.of("listeners", doors + ",CONTROLLER://" + HOST + controller, "advertised.listeners", doors));
        ComposeTls.environment("kafka", certificates)
                .forEach((variable, value) -> properties.put(property(variable), value));
        properties.merge(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT", (compose, ours) -> compose + "," + ours);
        return new ComposeBroker(
                EmbeddedKafka.start(EmbeddedKafkaSettings.in(data)
                        .withPorts(open, controller)
                        .withOverrides(properties)),
                door);
    }

    /** As the image of Apache Kafka reads its variables. */
    private static String property(String variable) {
        return variable.replaceFirst("^KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.');
    }

    String door() {
        return door;
    }

    @Override
    public void close() {
        broker.close();
    }
}
