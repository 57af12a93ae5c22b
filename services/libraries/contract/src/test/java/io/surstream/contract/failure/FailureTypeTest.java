package io.surstream.contract.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Failures are typed by one vocabulary, and the pages list it whole. */
class FailureTypeTest {
    private static final Path ROOT = root();
    private static final List<String> ALL =
            Stream.of(FailureType.values()).map(Enum::name).toList();
    private static final Pattern QUOTED = Pattern.compile("\"([A-Z][A-Z0-9_]+)\"");

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/events.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void the_proto_comment_lists_every_type() {
        String comment = between(read("proto/src/main/protobuf/surstream/v1/common.proto"), "One of INVALID_", ".\n");

        assertEquals(
                ALL,
                List.of(("INVALID_" + comment).replaceAll("\\s*//\\s*", " ").split(",\\s*")));
    }

    @Test
    void the_events_page_lists_every_type() {
        String section = between(read("docs/events.md"), "## Failure types", "## ");

        assertEquals(ALL, found(Pattern.compile("(?m)^\\| ([A-Z][A-Z0-9_]+) \\|"), section));
    }

    @Test
    void the_async_api_lists_every_type() {
        String schema = between(read("docs/asyncapi.yaml"), "    FailureType:\n", "\n    CloudEventHeaders:");

        assertEquals(ALL, found(Pattern.compile("(?m)^ +- ([A-Z][A-Z0-9_]+)$"), schema));
    }

    @Test
    void no_source_spells_a_type_itself() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("services"))) {
            List<String> spelled = files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> found(QUOTED, read(file)).stream().anyMatch(ALL::contains))
                    .map(Path::toString)
                    .toList();
            assertEquals(List.of(), spelled);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from) + from.length();
        return text.substring(start, text.indexOf(to, start));
    }

    private static String read(String file) {
        return read(ROOT.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
