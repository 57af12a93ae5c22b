package io.surstream.it.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Compose file as Compose sees it: anchors and merge keys resolved, {@code ${NAME:-default}} still as written. */
public record ComposeFile(Map<String, Object> document) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[-?][^}]*)?}");

    public static ComposeFile of(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new ComposeFile(new Yaml(new SafeConstructor(options)).load(Files.readString(file)));
    }

    /** Names of the services, in order, and what each says. */
    public Map<String, Map<String, Object>> services() {
        return map(document.get("services")).entrySet().stream()
                .collect(TreeMap::new, (all, one) -> all.put(one.getKey(), map(one.getValue())), TreeMap::putAll);
    }

    /** Text with every variable replaced by its default; empty where it has none. */
    static String withDefaults(Object text) {
        return VARIABLE.matcher(Objects.toString(text)).replaceAll(found -> {
            String rest = found.group(2);
            return rest != null && rest.startsWith(":-") ? Matcher.quoteReplacement(rest.substring(2)) : "";
        });
    }

    /** Names of all variables that the file takes from its surroundings. */
    static List<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
