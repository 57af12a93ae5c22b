package io.surstream.it.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of deploy/grafana/dashboards.
 *
 * @param file where it stands
 * @param json the whole document
 */
record Dashboard(Path file, JsonNode json) {
    private static final Path FOLDER = Path.of("../deploy/grafana/dashboards");

    static List<Dashboard> all() throws IOException {
        List<Dashboard> boards = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                boards.add(new Dashboard(file, new ObjectMapper().readTree(file.toFile())));
            }
        }
        return boards;
    }

    /** Panels that show something; rows only order them. */
    List<JsonNode> panels() {
        return elements(json.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> targets() {
        return panels().stream()
                .flatMap(panel -> elements(panel.path("targets")))
                .toList();
    }

    List<Query> queries() {
        return targets().stream()
                .map(target -> Query.parse(target.path("expr").asText()))
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
