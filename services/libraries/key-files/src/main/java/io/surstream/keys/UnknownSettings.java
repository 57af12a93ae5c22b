package io.surstream.keys;

import io.smallrye.config.EnvConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Settings that nothing reads: properties {@code surstream.*} and variables {@code SURSTREAM_*} that no service and no command has. A
 * misspelt one would leave the default in force silently. Settings of other services are no fault: processes may share their
 * environment.
 */
public final class UnknownSettings {
    /** For the observer of the start that refuses them: before anything is loaded. */
    public static final int PRIORITY = 0;

    private static final String PROPERTY = "surstream.";
    private static final String VARIABLE = "SURSTREAM_";

    private UnknownSettings() {}

    /** @throws io.smallrye.config.ConfigValidationException naming every unknown setting, and the one that may have been meant */
    public static void refuse(Config config) {
        List<String> problems = problems(config);
        if (!problems.isEmpty()) {
            throw WrongSettings.of(problems);
        }
    }

    static List<String> problems(Config config) {
        SortedMap<String, String> given = new TreeMap<>();
        for (ConfigSource source : config.getConfigSources()) {
            for (String name : source.getPropertyNames()) {
                // A source of variables also lists the properties that they may stand for.
                if (name.startsWith(VARIABLE) || name.startsWith(PROPERTY) && !(source instanceof EnvConfigSource)) {
                    given.put(name, Optional.ofNullable(source.getValue(name)).orElse(""));
                }
            }
        }
        return given.entrySet().stream()
                .filter(one -> !isKnown(one.getKey(), one.getValue()))
                .map(one -> problem(one.getKey()))
                .toList();
    }

    private static boolean isKnown(String name, String value) {
        return name.startsWith(PROPERTY) ? KnownSettings.knowsProperty(name) : KnownSettings.knowsVariable(name, value);
    }

    private static String problem(String name) {
        return renamed(name, RenamedSettings.FORMER)
                .map(now -> name + " was renamed: set " + now + " instead")
                .orElseGet(() -> name + " is not a setting of SurStream: "
                        + KnownSettings.near(name)
                                .map("did you mean %s?"::formatted)
                                .orElse("docs/configuration.md lists all of them"));
    }

    /**
     * The new name of a setting, a property or a variable as the old one is.
     *
     * @param former old names by new name
     */
    static Optional<String> renamed(String name, Map<String, String> former) {
        return former.entrySet().stream()
                .flatMap(one -> Stream.of(
                        one, Map.entry(KnownSettings.variable(one.getKey()), KnownSettings.variable(one.getValue()))))
                .filter(one -> one.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
