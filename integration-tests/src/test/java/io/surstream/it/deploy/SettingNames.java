package io.surstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.it.docs.ConfigurationSource;
import io.surstream.it.docs.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment variables that one service understands: its own settings and those of the libraries, read off the sources,
 * Quarkus's run-time settings, read off its jars, and what the JVM and the native libraries look at. Manifests are checked
 * against it, so that a misspelt name fails the build instead of being ignored in production.
 */
public final class SettingNames {
    /** Read by the JVM, glibc, OpenMP, CUDA, libtorch, DJL, the model hub's client and the XDG folders; not settings of ours. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "JAVA_TOOL_OPTIONS",
            "MALLOC_ARENA_MAX",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "OMP_NUM_THREADS",
            "OMP_WAIT_POLICY",
            "CUDA_VISIBLE_DEVICES",
            "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
            "PYTORCH_LIBRARY_PATH",
            "PYTORCH_VERSION",
            "PYTORCH_FLAVOR",
            "DJL_CACHE_DIR",
            "OPT_OUT_TRACKING",
            "HF_HOME",
            "HF_TOKEN",
            "HF_ENDPOINT",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "TMPDIR");

    private static final Pattern SHORT_NAME = Pattern.compile("\\$\\{(surstream\\.[a-z0-9.-]+)[:}]");
    private static final Pattern ANY_KEY = Pattern.compile("\"[^\"]*\"|<[^>]*>|\\{\\*}");
    private static final List<Pattern> QUARKUS =
            quarkus().stream().map(SettingNames::environmentPattern).toList();

    /** By file: every service reads the libraries' settings. */
    private static final Map<Path, List<Setting>> READ = new ConcurrentHashMap<>();

    private final Set<String> properties;
    private final List<Pattern> patterns;

    private SettingNames(Set<String> properties) {
        this.properties = properties;
        this.patterns = Stream.concat(properties.stream().map(SettingNames::environmentPattern), QUARKUS.stream())
                .toList();
    }

    /**
     * @param root the repository
     * @param service folder of a service under services/, as {@code prompt-encoder}
     */
    public static SettingNames of(Path root, String service) {
        Set<String> properties = new HashSet<>();
        Path own = root.resolve("services").resolve(service);
        if (!Files.isDirectory(own)) {
            throw new IllegalArgumentException("there is no service " + service + " under " + root.resolve("services"));
        }
        Predicate<Path> readByIt = service.equals("standalone")
                ? file -> true
                : file -> file.startsWith(own) || file.startsWith(root.resolve("services/libraries"));
        for (Path file : javaFiles(root.resolve("services"), readByIt)) {
            READ.computeIfAbsent(file, SettingNames::settings).forEach(setting -> {
                properties.add(setting.name());
                shortNames(setting).forEach(properties::add);
            });
        }
        return new SettingNames(properties);
    }

    /** Whether the service takes this environment variable for something. */
    public boolean knows(String variable) {
        return OF_THE_PLATFORM.contains(variable)
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(variable).matches());
    }

    /** Property names of the service's own settings, short names included; a key of a map stands as {@code "<name>"}. */
    public Set<String> properties() {
        return Collections.unmodifiableSet(properties);
    }

    private static List<Path> javaFiles(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(wanted)
                    .filter(file -> file.toString().endsWith("Config.java"))
                    .filter(file -> file.toString().contains("/src/main/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Setting> settings(Path file) {
        try {
            return ConfigurationSource.of(file)
                    .map(ConfigurationSource::settings)
                    .orElse(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A default like {@code ${surstream.model:playground}} makes the name inside a setting as well. */
    private static List<String> shortNames(Setting setting) {
        Optional<String> defaultValue = setting.defaultValue();
        return defaultValue
                .map(SHORT_NAME::matcher)
                .map(matcher -> matcher.results().map(found -> found.group(1)).toList())
                .orElse(List.of());
    }

    /** MicroProfile's rule: upper case, whatever is no letter or digit becomes an underscore. */
    private static Pattern environmentPattern(String property) {
        StringBuilder pattern = new StringBuilder();
        Matcher keys = ANY_KEY.matcher(property);
        int from = 0;
        while (keys.find()) {
            pattern.append(environmentName(property.substring(from, keys.start())))
                    .append("[A-Z0-9_]+");
            from = keys.end();
        }
        return Pattern.compile(
                pattern.append(environmentName(property.substring(from))).toString());
    }

    private static String environmentName(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Names of the settings that Quarkus reads when it starts; those of its build would be ignored then. */
    private static Set<String> quarkus() {
        Set<String> names = new HashSet<>();
        try {
            List<URL> models = new ArrayList<>(Collections.list(SettingNames.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json")));
            for (URL model : models) {
                try (InputStream json = model.openStream()) {
                    collectRunTime(new ObjectMapper().readTree(json), names);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static void collectRunTime(JsonNode node, Set<String> names) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            node.findValuesAsText("property").forEach(names::add);
        }
        node.forEach(child -> collectRunTime(child, names));
    }
}
