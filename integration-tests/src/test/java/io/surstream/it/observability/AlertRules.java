package io.surstream.it.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * deploy/prometheus/alerts.yml.
 *
 * @param rules each with alert, expr, for where it waits, labels and annotations
 */
public record AlertRules(List<JsonNode> rules) {
    private static final Path FILE = Path.of("../deploy/prometheus/alerts.yml");
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public static AlertRules read() throws IOException {
        try (Reader reader = Files.newBufferedReader(FILE)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return new AlertRules(
                    Dashboard.elements(JSON.<JsonNode>valueToTree(document).path("groups"))
                            .flatMap(group -> Dashboard.elements(group.path("rules")))
                            .toList());
        }
    }

    List<String> names() {
        return rules.stream().map(rule -> rule.path("alert").asText()).toList();
    }

    Stream<Query> queries() {
        return rules.stream().map(rule -> Query.parse(rule.path("expr").asText()));
    }
}
