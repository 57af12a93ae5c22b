package io.surstream.it.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The test plan lists every class with tests that the default run leaves out, and there is one tag for them. */
class LongTestsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TAG = Pattern.compile("(?m)^\\s*@Tag\\(\"(\\w+)\"\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)`");

    @Test
    void the_page_lists_every_class_with_long_tests() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/testing.md"));
        String table = page.substring(page.indexOf("## Long tests"));

        Set<String> listed = new TreeSet<>();
        ROW.matcher(table).results().forEach(row -> listed.add(row.group(1)));

        assertEquals(tagged("long"), listed);
    }

    @Test
    void no_other_tag_is_used() throws IOException {
        Set<String> all = new TreeSet<>();
        for (Path source : sources()) {
            TAG.matcher(Files.readString(source)).results().forEach(tag -> all.add(tag.group(1)));
        }

        assertEquals(Set.of("long"), all);
    }

    private static Set<String> tagged(String tag) throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path source : sources()) {
            Matcher found = TAG.matcher(Files.readString(source));
            while (found.find()) {
                if (found.group(1).equals(tag)) {
                    classes.add(source.getFileName().toString().replace(".java", ""));
                }
            }
        }
        return classes;
    }

    private static Set<Path> sources() throws IOException {
        Set<Path> sources = new TreeSet<>();
        for (String root : new String[] {"services", "deploy/images/src", "integration-tests/src"}) {
            try (Stream<Path> files = Files.find(
                    ROOT.resolve(root),
                    20,
                    (file, attributes) -> file.toString().endsWith(".java")
                            && file.toString()
                                    .contains("src" + file.getFileSystem().getSeparator() + "test"))) {
                files.forEach(sources::add);
            }
        }
        return sources;
    }
}
