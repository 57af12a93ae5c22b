package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.streaming.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md and the modules' own pages leave nothing out. */
class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void every_topic_is_listed_with_what_it_carries() throws IOException {
        List<String> page = Files.readAllLines(ROOT.resolve("docs/architecture.md"));

        assertAll(Arrays.stream(Topic.values()).map(topic -> () -> {
            String event = topic.event().map(type -> type.getName()).orElse("");
            assertTrue(
                    page.stream().anyMatch(line -> line.startsWith("| " + topic.shortName() + " | " + event)),
                    topic.shortName() + " " + event);
        }));
    }

    @Test
    void every_module_has_its_page_and_its_row() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));

        assertAll(modules().stream().map(module -> () -> {
            assertTrue(Files.exists(ROOT.resolve(module).resolve("README.md")), module + " has no README.md");
            assertTrue(page.contains("](../" + module + ") |"), module + " has no row");
        }));
    }

    /** Folders with sources of their own, relative to the root. */
    private static List<String> modules() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .map(Path::getParent)
                    .filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .map(folder -> ROOT.relativize(folder).toString())
                    .toList();
        }
    }
}
