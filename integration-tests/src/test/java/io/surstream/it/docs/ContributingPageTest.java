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

/** CONTRIBUTING.md sends nobody to a class that was renamed or removed. */
class ContributingPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*|[A-Z]{2,}[a-z]\\w*)`");

    @Test
    void every_class_that_the_guide_names_exists() throws IOException {
        Set<String> unknown = CLASS.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        unknown.removeAll(classes());

        assertEquals(Set.of(), unknown);
    }

    private static Set<String> classes() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String root : new String[] {"services", "deploy/images/src", "integration-tests/src"}) {
            try (Stream<Path> files = Files.find(ROOT.resolve(root), 20, (file, attributes) -> file.toString()
                    .endsWith(".java"))) {
                files.forEach(file -> names.add(file.getFileName().toString().replace(".java", "")));
            }
        }
        return names;
    }
}
