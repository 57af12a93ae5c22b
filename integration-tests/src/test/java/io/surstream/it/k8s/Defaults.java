package io.surstream.it.k8s;

import io.quarkus.runtime.configuration.DurationConverter;
import io.surstream.it.docs.ConfigurationSource;
import io.surstream.it.docs.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a setting is when an environment is given: from there, or the default in the service's source. */
final class Defaults {
    private static final List<Setting> SETTINGS = settings();

    private Defaults() {}

    static Duration duration(String name, Map<String, String> environment) {
        Setting setting = SETTINGS.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no setting " + name));
        String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return DurationConverter.parseDuration(
                environment.getOrDefault(variable, setting.defaultValue().orElseThrow()));
    }

    private static List<Setting> settings() {
        try (Stream<Path> files = Files.walk(Manifests.ROOT.resolve("services"))) {
            return files.filter(file -> file.toString().endsWith("Config.java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .flatMap(Defaults::settings)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Setting> settings(Path file) {
        try {
            return ConfigurationSource.of(file).stream().flatMap(source -> source.settings().stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
