package io.surstream.it.deploy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.surstream.streaming.share.ShareSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * How long a service may take from SIGTERM to its end, by its settings; the user who runs it must not kill it before.
 */
public final class StopTime {
    private static final String PROPERTIES =
            "../services/%s/src/main/resources/META-INF/microprofile-config.properties";

    /** Where stands what all services have in common. */
    private static final String SHARED = "libraries/service-runtime";

    private static final Map<String, String> DRAINS = Map.of(
            "image-sampler", "surstream.sampler.drain",
            "trainer", "surstream.trainer.drain",
            "llm-teacher", "surstream.teacher.drain");

    /** Of every worker that has no setting of its own. */
    private static final Duration DRAIN = ShareSettings.of("any").drain();

    /**
     * When the cluster does not answer: 2 s with a lost lock, 30 s for what is published last, 10 s after an interrupt, 10 s for
     * the publisher.
     */
    private static final Duration CLOSING = Duration.ofSeconds(52);

    /** For gRPC calls that still compute. */
    private static final String CALLS = "quarkus.thread-pool.shutdown-timeout";

    private StopTime() {}

    /**
     * @param service folder under services/
     * @param environment what it is given; for the rest its defaults hold
     */
    public static Duration longest(String service, Map<String, String> environment) throws IOException {
        Properties own = new Properties();
        for (String module : List.of(SHARED, service)) {
            try (var file = Files.newBufferedReader(Path.of(PROPERTIES.formatted(module)))) {
                own.load(file);
            }
        }
        String delay = environment.getOrDefault("QUARKUS_SHUTDOWN_DELAY", own.getProperty("quarkus.shutdown.delay"));
        String requests =
                environment.getOrDefault("QUARKUS_SHUTDOWN_TIMEOUT", own.getProperty("quarkus.shutdown.timeout"));
        return DurationConverter.parseDuration(delay)
                .plus(DurationConverter.parseDuration(requests))
                .plus(work(service, environment))
                .plus(DurationConverter.parseDuration(own.getProperty(CALLS)))
                .plus(CLOSING);
    }

    private static Duration work(String service, Map<String, String> environment) throws IOException {
        String setting = DRAINS.get(service);
        if (setting == null) {
            return DRAIN;
        }
        Duration drain = Defaults.duration(service, setting, environment);
        // A trainer lets go of its run first, then of the worker that takes requests.
        return service.equals("trainer") ? drain.plus(DRAIN) : drain;
    }
}
