package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/decisions/README.md lists every decision once, under its own number. */
class DecisionIndexTest {
    private static final Path FOLDER = Path.of("../docs/decisions");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[(\\d{4})]\\((\\1-[a-z0-9-]+\\.md)\\) \\| \\S.* \\|$");

    @Test
    void index_lists_exactly_the_decisions_that_exist() throws IOException {
        Set<String> listed = ROW.matcher(Files.readString(FOLDER.resolve("README.md")))
                .results()
                .map(row -> row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(decisions(), listed, "give each decision a row in docs/decisions/README.md");
    }

    @Test
    void no_two_decisions_share_a_number() throws IOException {
        Set<String> decisions = decisions();

        assertEquals(
                decisions.size(),
                decisions.stream().map(name -> name.substring(0, 4)).distinct().count(),
                decisions::toString);
    }

    private static Set<String> decisions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
