package io.surstream.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where the embedded broker keeps its data and listens.
 *
 * @param dataDir created when missing; one broker at a time may use it
 * @param port of the broker on 127.0.0.1; 0 takes a free one
 * @param controllerPort of the KRaft controller on 127.0.0.1; 0 takes a free one
 * @param shareGroups limits of share groups
 * @param overrides broker properties that win over everything else
 * @param scramUsers passwords by name of the SCRAM-SHA-512 users that a new broker knows; for listeners that the overrides add
 */
public record EmbeddedKafkaSettings(
        Path dataDir,
        int port,
        int controllerPort,
        ShareGroupSettings shareGroups,
        Map<String, String> overrides,
        Map<String, String> scramUsers) {

    public EmbeddedKafkaSettings {
        Objects.requireNonNull(dataDir, "dataDir");
        Objects.requireNonNull(shareGroups, "shareGroups");
        Ports.require("port", port);
        Ports.require("controllerPort", controllerPort);
        if (port != 0 && port == controllerPort) {
            throw new IllegalArgumentException("port and controllerPort must differ but both are " + port);
        }
        overrides = Map.copyOf(overrides);
        scramUsers = Map.copyOf(scramUsers);
    }

    /** Free ports and default limits. */
    public static EmbeddedKafkaSettings in(Path dataDir) {
        return new EmbeddedKafkaSettings(dataDir, 0, 0, ShareGroupSettings.defaults(), Map.of(), Map.of());
    }

    /** The same with fixed ports; 0 stays free. */
    public EmbeddedKafkaSettings withPorts(int port, int controllerPort) {
        return new EmbeddedKafkaSettings(dataDir, port, controllerPort, shareGroups, overrides, scramUsers);
    }

    public EmbeddedKafkaSettings withShareGroups(ShareGroupSettings shareGroups) {
        return new EmbeddedKafkaSettings(dataDir, port, controllerPort, shareGroups, overrides, scramUsers);
    }

    public EmbeddedKafkaSettings withOverrides(Map<String, String> overrides) {
        return new EmbeddedKafkaSettings(dataDir, port, controllerPort, shareGroups, overrides, scramUsers);
    }

    public EmbeddedKafkaSettings withScramUsers(Map<String, String> scramUsers) {
        return new EmbeddedKafkaSettings(dataDir, port, controllerPort, shareGroups, overrides, scramUsers);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "EmbeddedKafkaSettings[" + dataDir + ", port " + port + ", users " + scramUsers.keySet() + ']';
    }
}
