package io.surstream.curator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.curator.fetch.DownloadSettings;
import io.surstream.curator.fetch.Downloads;
import io.surstream.curator.inspect.ImageFiles;
import io.surstream.curator.inspect.ImageInspector;
import io.surstream.curator.inspect.ImageLimits;
import io.surstream.curator.publish.ImageStore;
import io.surstream.curator.report.ImportRefusedException;
import io.surstream.curator.report.Stage;
import io.surstream.curator.select.PromptStage;
import io.surstream.curator.select.SafetyStage;
import io.surstream.curator.source.Sources;
import io.surstream.curator.text.CaptionStage;
import io.surstream.curator.text.SimilarityStage;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.v1.CurationReport;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ImportRequest;
import io.surstream.v1.StageCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages together, on a store in memory. */
class CurationTest {
    private static final String LINE = "{\"file_name\": \"%s\", \"text\": \"%s\", \"prompt\": \"%s\"}%n";

    @TempDir
    Path folder;

    private final InMemoryObjectStore store = new InMemoryObjectStore("test");
    private final Downloads downloads =
            new Downloads(new DownloadSettings(Duration.ofSeconds(5), 1, Duration.ZERO, 0, false));
    private final List<ExampleCurated> published = new ArrayList<>();
    private final Curation curation = curation("1");

    @AfterEach
    void close() {
        curation.close();
        downloads.close();
    }

    @Test
    void every_bad_image_has_its_reason_and_the_good_ones_are_published() throws IOException {
        write("good.png", ImageFiles.png(64, 64, 0xff0000));
        write("same.png", ImageFiles.png(64, 64, 0xff0000));
        write("torn.png", Arrays.copyOf(ImageFiles.png(64, 64, 0x00ff00), 80));
        write("huge.png", ImageFiles.pngHeader(50_000, 50_000));
        write("text.png", "no image".getBytes(StandardCharsets.UTF_8));
        metadata(
                line("good", "a red square", "square, red"),
                line("good", "a red square", "square, red"),
                line("same.png", "a red square", "square, red, 8k"),
                line("torn.png", "x", "y"),
                line("huge.png", "x", "y"),
                line("text.png", "x", "y"),
                line("missing.png", "x", "y"),
                line("../../etc/passwd", "x", "y"),
                line("good.png", "x", ""),
                "not json\n");

        CurationReport report = run(folder.toString());

        assertEquals(1, published.size());
        assertEquals(Map.of("broken-json", 1L), rejected(report, Stage.PARSE));
        assertEquals(Map.of("without-prompt", 1L), rejected(report, Stage.PROMPT));
        assertEquals(Map.of("same-id", 1L), rejected(report, Stage.DEDUPLICATE));
        assertEquals(Map.of("missing-file", 1L, "path-outside-source", 1L), rejected(report, Stage.FETCH));
        assertEquals(
                Map.of("corrupt-image", 1L, "too-many-pixels", 1L, "not-a-supported-image", 1L),
                rejected(report, Stage.INSPECT));
        assertEquals(Map.of("same-content", 1L), rejected(report, Stage.CONTENT));
        StageCount last = report.getStages(Stage.PUBLISH.ordinal());
        assertEquals(1, last.getKept());
        ExampleCurated example = published.get(0);
        assertEquals("a red square", example.getSimplePrompt());
        assertEquals("imagefolder", example.getSource());
        assertEquals(
                example.getImage().getSha256(),
                store.find(example.getImage().getKey()).orElseThrow().sha256().orElseThrow());
    }

    @Test
    void importing_twice_publishes_nothing_new_and_counts_the_same() throws IOException {
        CurationReport first = run("playground:40?seed=3");
        List<ExampleCurated> examples = List.copyOf(published);

        CurationReport second = run("playground:40?seed=3");

        assertEquals(40, examples.size());
        assertEquals(examples, published);
        assertEquals(first, second);
        assertEquals(first, curation.report("data"));
    }

    @Test
    void an_import_that_was_left_goes_on_and_ends_with_the_same_examples() throws IOException {
        curation.run(request("playground:1200?seed=3"), this::keep, new LeavingListener(700));
        int before = published.size();

        CurationReport report = run("playground:1200?seed=3");

        assertTrue(before >= 700 && before < 1200, before + " before");
        assertEquals(1200, published.size(), "none twice");
        assertEquals(
                1200,
                published.stream().map(ExampleCurated::getExampleId).distinct().count());
        assertEquals(1200, report.getStages(Stage.PUBLISH.ordinal()).getKept());
    }

    @Test
    void what_was_published_but_not_yet_noted_is_published_again_with_the_same_bytes() throws IOException {
        assertThrows(
                CompletionException.class,
                () -> curation.run(
                        request("playground:20?seed=3"),
                        example -> published.size() < 10
                                ? keep(example)
                                : CompletableFuture.failedFuture(new IllegalStateException("the cluster is gone")),
                        new LeavingListener(Long.MAX_VALUE)));
        List<ExampleCurated> first = List.copyOf(published);
        published.clear();

        run("playground:20?seed=3");

        assertEquals(10, first.size());
        assertEquals(first, published.subList(0, 10));
    }

    @Test
    void another_import_into_the_dataset_brings_only_what_is_new() throws IOException {
        run("playground:40?seed=3");

        CurationReport report = run("playground:60?seed=3");

        assertEquals(60, published.size());
        assertEquals(Map.of("same-id", 40L), rejected(report, Stage.DEDUPLICATE));
        assertEquals(
                60, curation.report("data").getStages(Stage.PUBLISH.ordinal()).getKept());
    }

    @Test
    void what_may_pass_is_tried_again_and_what_is_lasting_is_not() throws IOException {
        metadata(line("late.png", "a", "b"), line("torn.png", "c", "d"));
        write("torn.png", new byte[] {1});
        run(folder.toString());
        write("late.png", ImageFiles.png(64, 64, 0xff0000));

        CurationReport report = run(folder.toString());

        assertEquals(1, published.size());
        assertEquals(Map.of(), rejected(report, Stage.FETCH));
        assertEquals(Map.of("not-a-supported-image", 1L), rejected(report, Stage.INSPECT));
    }

    @Test
    void an_image_that_was_replaced_is_judged_anew_and_so_is_everything_under_another_recipe() throws IOException {
        metadata(line("a.png", "a", "b"));
        write("a.png", new byte[] {1});
        run(folder.toString());
        write("a.png", ImageFiles.png(20, 20, 0xff0000));
        run(folder.toString());

        assertEquals(1, published.size());
        try (Curation other = curation("2")) {
            other.run(request(folder.toString()), this::keep, new LeavingListener(Long.MAX_VALUE));
        }
        assertEquals(2, published.size());
        assertEquals(published.get(0), published.get(1));
    }

    @Test
    void requests_that_cannot_be_done_are_refused_with_field_value_and_limit() {
        refused("dataset", ImportRequest.newBuilder().setSource("playground:1").setDataset("a/b"));
        refused("dataset", ImportRequest.newBuilder().setSource("playground:1").setDataset(".."));
        refused("source", ImportRequest.newBuilder().setSource("playground:0").setDataset("a"));
        refused(
                "source",
                ImportRequest.newBuilder().setSource("playground:many").setDataset("a"));
        refused("source", ImportRequest.newBuilder().setSource("/not/there").setDataset("a"));
        refused(
                "source",
                ImportRequest.newBuilder().setSource("http://127.0.0.1/x").setDataset("a"));
        refused(
                "source",
                ImportRequest.newBuilder().setSource(folder.toString()).setDataset("a"));
        refused(
                "kind",
                ImportRequest.newBuilder()
                        .setSource("playground:1")
                        .setKind("zip")
                        .setDataset("a"));
        refused(
                "kind",
                ImportRequest.newBuilder()
                        .setSource("playground:1")
                        .setKind("lexica")
                        .setDataset("a"));
        assertEquals(
                "NOT_FOUND",
                assertThrows(ImportRefusedException.class, () -> curation.report("nothing"))
                        .failure()
                        .getType());
    }

    @Test
    void a_source_in_which_no_item_is_found_is_refused_and_leaves_no_record() throws IOException {
        Path page = folder.resolve("page.json");
        for (String empty : List.of(
                "{\"items\": []}",
                "{\"images\": []}",
                "{\"images\": {\"a\": 1}}",
                "{\"items\": [], \"metadata\": {}}")) {
            Files.writeString(page, empty);
            for (String kind : List.of("civitai", "lexica")) {
                refused(
                        "source",
                        ImportRequest.newBuilder()
                                .setSource(page.toString())
                                .setKind(kind)
                                .setDataset("a"));
            }
        }
        Files.delete(page);
        metadata("\n");
        refused(
                "source",
                ImportRequest.newBuilder().setSource(folder.toString()).setDataset("a"));
        assertThrows(ImportRefusedException.class, () -> curation.report("a"));
    }

    @Test
    void a_page_without_items_among_others_is_named() throws IOException {
        write("7.png", ImageFiles.png(64, 64, 0xff0000));
        Path pages = Files.createDirectory(folder.resolve("pages"));
        Files.writeString(pages.resolve("1.json"), "{\"items\": []}");
        Files.writeString(
                pages.resolve("2.json"),
                "{\"items\": [{\"id\": 7, \"url\": \"http://x/7\", \"meta\": {\"prompt\": \"a\"}}]}");
        Files.writeString(pages.resolve("3.json"), "{\"other\": [{\"id\": 8}]}");

        CurationReport report = curation.run(
                request(pages.toString()).toBuilder()
                        .setImages(folder.toString())
                        .build(),
                this::keep,
                new LeavingListener(Long.MAX_VALUE));

        assertEquals(Map.of("document-without-items", 2L), rejected(report, Stage.PARSE));
        assertEquals(1, report.getStages(Stage.PARSE.ordinal()).getKept());
    }

    @Test
    void a_dataset_takes_one_import_at_a_time() throws IOException {
        List<String> types = new ArrayList<>();
        curation.run(request("playground:1"), this::keep, new ImportListener() {
            @Override
            public void progressed(long read, long total, long published) {
                ImportRefusedException busy =
                        assertThrows(ImportRefusedException.class, () -> CurationTest.this.run("playground:2"));
                types.add(busy.failure().getType());
            }

            @Override
            public boolean isGone() {
                return false;
            }
        });

        assertEquals(List.of("BUSY"), types);
    }

    private void refused(String field, ImportRequest.Builder request) {
        ImportRefusedException refused = assertThrows(
                ImportRefusedException.class,
                () -> curation.run(request.build(), this::keep, new LeavingListener(Long.MAX_VALUE)));
        assertEquals(field, refused.failure().getField());
        assertTrue(!refused.failure().getLimit().isEmpty(), refused.getMessage());
    }

    private CurationReport run(String source) throws IOException {
        return curation.run(request(source), this::keep, new LeavingListener(Long.MAX_VALUE));
    }

    private CompletableFuture<Void> keep(ExampleCurated example) {
        published.add(example);
        return CompletableFuture.completedFuture(null);
    }

    private static ImportRequest request(String source) {
        return ImportRequest.newBuilder().setSource(source).setDataset("data").build();
    }

    private Curation curation(String recipe) {
        CaptionStage captions = new CaptionStage(Optional.empty());
        Stages stages = new Stages(
                new PromptStage(1_000),
                new SafetyStage(List.of(), false),
                new ImageInspector(new ImageLimits(16, 4096, 1 << 22)),
                captions,
                new SimilarityStage(Optional.empty(), OptionalDouble.empty(), captions, false),
                new ImageStore(store),
                recipe);
        Sources sources = new Sources(downloads, Optional.empty(), 1 << 20, 1 << 20);
        return new Curation(sources, store, stages, 4, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private static Map<String, Long> rejected(CurationReport report, Stage stage) {
        return report.getStages(stage.ordinal()).getDroppedMap();
    }

    private static String line(String file, String text, String prompt) {
        return String.format(LINE, file, text, prompt);
    }

    private void metadata(String... lines) throws IOException {
        Files.writeString(folder.resolve("metadata.jsonl"), String.join("", lines));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }
}
