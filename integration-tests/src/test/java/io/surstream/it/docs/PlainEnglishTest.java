package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, comments, messages and help texts avoid the expressions of plain-english/words.txt. */
class PlainEnglishTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");
    private static final PlainEnglish WORDS = PlainEnglish.parse(resource("words.txt"));

    @Test
    void pages_use_plain_english() throws IOException {
        requireNone(findings(".*\\.md", Prose::ofMarkdown));
    }

    @Test
    void comments_messages_and_help_texts_use_plain_english() throws IOException {
        requireNone(findings(".*/src/main/.*\\.(java|proto)", Prose::ofJava));
    }

    @Test
    void settings_files_use_plain_english() throws IOException {
        requireNone(findings(".*/src/main/resources/(META-INF/)?[\\w-]*\\.properties", Prose::ofProperties));
    }

    @Test
    void comments_of_manifests_and_scripts_use_plain_english() throws IOException {
        requireNone(findings("(deploy|k8s)/.*\\.ya?ml|surstream|docs/generate|\\.ci/run", Prose::ofComments));
    }

    @Test
    void a_finding_names_file_line_expression_and_a_better_one() {
        PlainEnglish words = PlainEnglish.parse("# list\n\nkiln burns anew => kiln burns again\n");

        List<String> findings = words.findings("A\nThe Kiln burns\n  anew.").stream()
                .map(finding -> finding.at("kiln.md"))
                .toList();

        assertEquals(List.of("kiln.md:2: \"kiln burns anew\", better: kiln burns again"), findings);
    }

    @Test
    void a_rule_without_an_alternative_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> PlainEnglish.parse("anew"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "λ stands for the weight",
                "an in-house tool, a warehouse, HouseKeeping",
                "the roadmap",
                "in fact",
                "indoor",
                "standalone and stand-in",
                "the handler",
                "it goes on to the next"
            })
    void similar_words_are_fine(String text) {
        assertEquals(List.of(), WORDS.findings(text));
    }

    @ParameterizedTest
    @CsvSource({
        "the report stands in the bucket,stands",
        "The House is up,house",
        "as  far as it is there,as far as",
        "road 2,road",
        "a process of its own,of its own",
        "the batch in hand,in hand"
    })
    void expressions_are_found_as_whole_words_in_any_case(String text, String expression) {
        assertEquals(
                List.of(expression),
                WORDS.findings(text).stream()
                        .map(PlainEnglish.Finding::expression)
                        .toList());
    }

    @Test
    void markdown_code_and_link_targets_are_no_prose() {
        String page = "anew `house`\n[text](house.md#road) https://house.example\n```\nhouse\n```\n\n    house\nanew\n";

        String prose = Prose.ofMarkdown(page);

        assertEquals(page.length(), prose.length());
        assertEquals(List.of(1, 8), lines(prose));
    }

    @Test
    void java_code_single_words_and_inline_tags_are_no_prose() {
        String source = """
                /** Begins anew, see {@link House} and {@code house}.
                 * @param house is as
                 * far as possible
                 */
                void house(String house) { // in hand
                    put("house", '"', "the \\" wrong house", "an // old house"); /* anew */ house();
                }
                """;

        String prose = Prose.ofJava(source);

        assertEquals(source.length(), prose.length());
        assertEquals(List.of(1, 2, 5, 6, 6, 6), lines(prose));
    }

    @Test
    void yaml_values_are_no_prose() {
        assertEquals(List.of(1, 3), lines(Prose.ofComments("# a house\nhouse: road#house\nkiln: 1 # in hand\n")));
    }

    @Test
    void keys_of_settings_are_no_prose() {
        assertEquals(List.of(1, 3), lines(Prose.ofProperties("# a house\nhouse.road=1\nkiln=a house\n")));
    }

    private static List<Integer> lines(String prose) {
        return WORDS.findings(prose).stream()
                .map(PlainEnglish.Finding::line)
                .sorted()
                .toList();
    }

    private static void requireNone(List<String> findings) {
        assertTrue(
                findings.isEmpty(), () -> findings.size() + " expressions to replace:\n" + String.join("\n", findings));
    }

    private static List<String> findings(String name, UnaryOperator<String> prose) throws IOException {
        List<String> findings = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = ROOT.relativize(file).toString();
                if (path.matches(name)) {
                    WORDS.findings(prose.apply(Files.readString(file)))
                            .forEach(finding -> findings.add(finding.at(path)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return findings.stream().sorted().toList();
    }

    private static String resource(String name) {
        try (InputStream file = PlainEnglishTest.class.getResourceAsStream("/plain-english/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
