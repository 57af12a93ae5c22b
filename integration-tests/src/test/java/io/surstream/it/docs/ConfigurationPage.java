package io.surstream.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/configuration.md, made from every {@code @ConfigMapping} interface under services/. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            Generated from the sources; after a change run `./docs/generate`.

            Set a setting as a system property (`-Dsurstream.sampler.max-steps=50`), as an environment variable (upper case, every other character an underscore: `SURSTREAM_SAMPLER_MAX_STEPS`), or in `config/application.properties` in the service's folder.
            Invalid values stop the start, and the message lists all of them.
            So do names that begin with `surstream.` or `SURSTREAM_` but are not a setting of any service: the message suggests the name that was probably meant.
            Settings of other services, variables of the launcher, and variables that Kubernetes sets for Services are ignored.
            `surstream up` sets the addresses of the embedded broker and store itself.
            """;

    private ConfigurationPage() {}

    /** @param root the repository */
    static String render(Path root) throws IOException {
        List<ConfigurationSource> sources = new ArrayList<>();
        for (Path file : javaFiles(root.resolve("services"))) {
            ConfigurationSource.of(file).ifPresent(sources::add);
        }
        StringBuilder page = new StringBuilder(HEAD);
        sources.stream()
                .collect(Collectors.groupingBy(ConfigurationSource::prefix, TreeMap::new, Collectors.toList()))
                .forEach((prefix, mappings) -> section(page, prefix, mappings));
        return page.toString();
    }

    private static List<Path> javaFiles(Path services) throws IOException {
        try (Stream<Path> files = Files.walk(services)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(ConfigurationPage::mentionsMapping)
                    .sorted()
                    .toList();
        }
    }

    private static boolean mentionsMapping(Path file) {
        try {
            return Files.readString(file).contains("@ConfigMapping");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Two modules may map one prefix; a setting that both read stands once. */
    private static void section(StringBuilder page, String prefix, List<ConfigurationSource> mappings) {
        page.append("\n## ")
                .append(prefix)
                .append("\n\n")
                .append(mappings.get(0).meaning());
        page.append("\n\n| setting | type | default | meaning |\n|---|---|---|---|\n");
        Map<String, Setting> settings = new LinkedHashMap<>();
        mappings.forEach(mapping -> mapping.settings().forEach(each -> settings.putIfAbsent(each.name(), each)));
        settings.values().forEach(setting -> page.append(row(setting)));
    }

    private static String row(Setting setting) {
        return "| `" + setting.name() + "` | " + cell(setting.type()) + " | " + defaultCell(setting) + " | "
                + cell(setting.meaning()) + " |\n";
    }

    private static String defaultCell(Setting setting) {
        Optional<String> value = setting.defaultValue();
        return value.map(text -> "`" + cell(text) + "`").orElse(setting.required() ? "required" : "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
