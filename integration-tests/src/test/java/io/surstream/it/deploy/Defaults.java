package io.surstream.it.deploy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.surstream.it.docs.ConfigurationSource;
import io.surstream.it.docs.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a setting is when an environment is given: from there, or the default in the service's source. */
final class Defaults {
    private static final Path SERVICES = Path.of("../services");

    private Defaults() {}

    /**
     * @param service folder under services/
     * @param name full property name
     */
    static Duration duration(String service, String name, Map<String, String> environment) throws IOException {
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        String given = environment.get(variable);
        return DurationConverter.parseDuration(given == null ? defaultOf(service, name) : given);
    }

    private static String defaultOf(String service, String name) throws IOException {
        try (Stream<Path> files = Files.walk(SERVICES.resolve(service).resolve("src/main"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith("Config.java"))
                    .toList();
            for (Path source : sources) {
                for (Setting setting :
                        ConfigurationSource.of(source).orElseThrow().settings()) {
                    if (setting.name().equals(name)) {
                        return setting.defaultValue().orElseThrow();
                    }
                }
            }
        }
        throw new IllegalArgumentException(service + " has no setting " + name);
    }
}
