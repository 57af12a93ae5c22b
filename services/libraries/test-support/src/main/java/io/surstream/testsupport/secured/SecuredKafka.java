package io.surstream.testsupport.secured;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The embedded broker with an authorizer that allows nothing by itself, and three listeners: one without encryption,
 * whose user may do everything; TLS with SCRAM-SHA-512; TLS with client certificates, where the user is the
 * certificate's common name.
 */
public final class SecuredKafka implements AutoCloseable {
    private static final String HOST = "127.0.0.1:";

    private final EmbeddedKafka broker;
    private final int scramPort;
    private final int certificatePort;

    private SecuredKafka(EmbeddedKafka broker, int scramPort, int certificatePort) {
        this.broker = broker;
        this.scramPort = scramPort;
        this.certificatePort = certificatePort;
    }

    /** @param users who may sign in with SCRAM, each with {@link #password} */
    public static SecuredKafka start(Path data, TestCertificates certificates, Collection<String> users) {
        List<Integer> ports = FreePorts.many(4);
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.in(data)
                .withPorts(ports.get(0), ports.get(1))
                .withOverrides(properties(certificates, ports))
                .withScramUsers(users.stream().collect(Collectors.toMap(Function.identity(), SecuredKafka::password)));
        return new SecuredKafka(EmbeddedKafka.start(settings), ports.get(2), ports.get(3));
    }

    private static Map<String, String> properties(TestCertificates certificates, List<Integer> ports) {
        TestCertificates.Identity server = certificates.issue("broker");
        String doors = "PLAINTEXT://" + HOST + ports.get(0) + ",SCRAM://" + HOST + ports.get(2) + ",CERTIFICATE://"
                + HOST + ports.get(3);
        return Map.ofEntries(
                Map.entry("listeners", doors + ",CONTROLLER://" + HOST + ports.get(1)),
                Map.entry("advertised.listeners", doors),
                Map.entry(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,CERTIFICATE:SSL"),
                Map.entry("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                Map.entry(
                        "listener.name.scram.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                Map.entry("listener.name.certificate.ssl.client.auth", "required"),
                Map.entry("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", server.keystore().toString()),
                Map.entry("ssl.keystore.password", server.password()),
                Map.entry("ssl.key.password", server.password()),
                Map.entry("ssl.truststore.type", "PEM"),
                Map.entry("ssl.truststore.location", certificates.authority().toString()),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"));
    }

    /** Marked, so that it can be looked for in logs. */
    public static String password(String user) {
        return "secret-password-of-" + user;
    }

    /** The listener without encryption; its clients may do everything. */
    public String open() {
        return broker.bootstrapServers();
    }

    /** The listener for name and password. */
    public String scram() {
        return HOST + scramPort;
    }

    /** The listener for client certificates. */
    public String certificate() {
        return HOST + certificatePort;
    }

    @Override
    public void close() {
        broker.close();
    }
}
