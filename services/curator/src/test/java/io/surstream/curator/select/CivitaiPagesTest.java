package io.surstream.curator.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.curator.parse.PageItems;
import io.surstream.curator.report.ImportStatistics;
import io.surstream.v1.CurationReport;
import io.surstream.v1.StageCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three real pages of Civitai's models API, which are not part of the project. */
class CivitaiPagesTest {
    private static final Path FOLDER = Path.of(System.getProperty("surstream.shared", "../shared"), "data");

    private final PromptStage prompts = new PromptStage(10_000);
    private final SafetyStage safety = new SafetyStage(SafetyStage.standardWords(), true);
    private final Deduplicator ids = Deduplicator.ids();
    private final ImportStatistics statistics = new ImportStatistics();

    @BeforeEach
    void requirePages() {
        assumeTrue(Files.exists(page(1)), () -> page(1) + " is not there: the real pages are not part of the project");
    }

    @Test
    void real_pages_have_the_counts_that_their_authors_tell() throws IOException {
        read(1);
        read(2);
        read(3);

        CurationReport report = statistics.report("civitai");
        assertEquals(
                List.of(3251L, 2995L, 2995L),
                report.getStagesList().stream()
                        .limit(3)
                        .map(StageCount::getKept)
                        .toList());
        assertEquals(256, report.getStages(1).getDroppedOrThrow("without-prompt"));
        // All 481 images rated Mature or X, the 720 rated Soft, and those whose words tell, as far as they have a
        // prompt.
        long unsafe = report.getStages(3).getDroppedOrThrow("unsafe");
        assertTrue(unsafe > 1_000 && unsafe < 1_600, () -> unsafe + " flagged");
    }

    @Test
    void a_page_that_comes_again_brings_nothing_new() throws IOException {
        read(1);
        long kept = statistics.kept();

        read(1);

        assertEquals(kept, statistics.kept());
    }

    private void read(int page) throws IOException {
        try (InputStream in = Files.newInputStream(page(page));
                PageItems items = PageItems.civitai(in)) {
            items.forEachRemaining(item -> statistics.count(item.then(prompts::check)
                    .then(i -> ids.first(Digest64.of(i.id()), i))
                    .then(safety::check)));
        }
    }

    private static Path page(int number) {
        return FOLDER.resolve("civitai-page-" + number + ".json");
    }
}
