package io.surstream.streaming;

import io.surstream.keys.KeyFile;
import io.surstream.keys.WrongSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the security settings into client properties, or says everything that is wrong with them. */
final class KafkaSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSecurity.class);
    private static final String PREFIX = "surstream.kafka.security.";

    private final KafkaConfig.SecurityConfig config;
    private final Optional<KeyFile> truststore;
    private final Optional<KeyFile> keystore;
    private final List<String> problems = new ArrayList<>();

    private KafkaSecurity(KafkaConfig.SecurityConfig config) {
        this.config = config;
        this.truststore = file("truststore", config.truststore(), config.truststorePassword());
        this.keystore = file("keystore", config.keystore(), config.keystorePassword());
    }

    private static Optional<KeyFile> file(String name, Optional<Path> path, Optional<String> password) {
        return path.map(file -> new KeyFile(PREFIX + name, file, password));
    }

    /** @throws io.smallrye.config.ConfigValidationException naming all problems */
    static Map<String, String> properties(KafkaConfig.SecurityConfig config) {
        KafkaSecurity security = new KafkaSecurity(config);
        security.check();
        if (!security.problems.isEmpty()) {
            throw WrongSettings.of(security.problems);
        }
        return security.clientProperties();
    }

    private void check() {
        boolean encrypts = config.protocol().encrypts();
        boolean signsIn = config.protocol().signsIn();
        unless(
                encrypts || truststore.isEmpty(),
                "truststore is given but protocol " + word() + " does not encrypt; use ssl or sasl-ssl");
        unless(
                encrypts || keystore.isEmpty(),
                "keystore is given but protocol " + word() + " does not encrypt; use ssl or sasl-ssl");
        unless(!signsIn || config.user().isPresent(), "user is missing, which protocol " + word() + " needs");
        unless(!signsIn || config.password().isPresent(), "password is missing, which protocol " + word() + " needs");
        unless(signsIn || config.user().isEmpty(), "user is given but protocol " + word() + " has none; use sasl-ssl");
        unless(
                signsIn || config.password().isEmpty(),
                "password is given but protocol " + word() + " has none; use sasl-ssl");
        truststore.flatMap(KeyFile::trustProblem).ifPresent(problems::add);
        keystore.flatMap(KeyFile::identityProblem).ifPresent(problems::add);
        if (signsIn && !encrypts) {
            LOG.warn(
                    "{}protocol is {}: what is sent to Kafka can be read and changed on the way; use sasl-ssl",
                    PREFIX,
                    word());
        }
    }

    private void unless(boolean right, String problem) {
        if (!right) {
            problems.add(PREFIX + problem);
        }
    }

    private String word() {
        return config.protocol().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>();
        if (config.protocol() == KafkaConfig.Protocol.PLAINTEXT) {
            return all;
        }
        all.put("security.protocol", config.protocol().name());
        truststore.ifPresent(file -> put(all, "ssl.truststore.", file));
        keystore.ifPresent(file -> {
            put(all, "ssl.keystore.", file);
            // A PEM file has no password, but its key may have one.
            file.password().ifPresent(password -> all.put("ssl.key.password", password));
        });
        if (!config.verifyHostname()) {
            all.put("ssl.endpoint.identification.algorithm", "");
        }
        if (config.protocol().signsIn()) {
            all.put("sasl.mechanism", config.mechanism().kafkaName());
            all.put("sasl.jaas.config", login());
        }
        return all;
    }

    private static void put(Map<String, String> all, String prefix, KeyFile file) {
        all.put(prefix + "type", file.type());
        all.put(prefix + "location", file.file().toString());
        if (!file.type().equals("PEM")) {
            file.password().ifPresent(password -> all.put(prefix + "password", password));
        }
    }

    private String login() {
        return config.mechanism().loginModule() + " required username=\""
                + quoted(config.user().orElseThrow()) + "\" password=\""
                + quoted(config.password().orElseThrow()) + "\";";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
