package io.surstream.cli.certificates;

import io.surstream.access.CallerRole;
import io.surstream.platformsetup.kafka.ServiceAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whose certificate it is.
 *
 * @param name folder, common name and first DNS name
 * @param serves whether it is called by others, and so needs the names that it is called by
 */
record Holder(String name, boolean serves) {
    /**
     * In the certificate of every service, so that a client that finds containers by address, such as Prometheus, can
     * ask for one name.
     */
    static final String ANY_SERVICE = "surstream-service";

    private static final Set<String> SERVICES = ServiceAccess.services();
    private static final List<String> PLATFORM = List.of("kafka", "minio");

    /** Everybody in {@code deploy/}: services, Kafka, the store, the bootstrap command, and a caller of each role. */
    static List<Holder> deployment() {
        List<Holder> all = new ArrayList<>();
        SERVICES.forEach(name -> all.add(named(name)));
        PLATFORM.forEach(name -> all.add(named(name)));
        all.add(named("bootstrap"));
        Arrays.stream(CallerRole.values()).forEach(role -> all.add(named(role.title())));
        return all;
    }

    /** Anyone outside the deployment only calls. */
    static Holder named(String name) {
        return new Holder(name, SERVICES.contains(name) || PLATFORM.contains(name));
    }

    List<String> dnsNames() {
        if (!serves) {
            return List.of(name);
        }
        return SERVICES.contains(name) ? List.of(name, ANY_SERVICE, "localhost") : List.of(name, "localhost");
    }

    List<String> addresses() {
        return serves ? List.of("127.0.0.1") : List.of();
    }
}
