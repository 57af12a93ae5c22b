package io.surstream.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.playground.score.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with the bundled model and teacher, as short as it can be. */
@Tag("long")
class ExperimentTest {
    private static final ExperimentPlan PLAN = new ExperimentPlan(16, 4, 2, 1, 1);
    private static final ModelResolver BUNDLED = ModelResolver.standard(Map.of());

    @TempDir
    static Path folder;

    private static ExperimentReport report;
    private static final Heard AFTER_THE_CUT = new Heard();

    @BeforeAll
    static void runsOnceThoughCutOffBetweenTrainingAndImages() throws IOException {
        Heard cut = new Heard() {
            @Override
            public void advanced(String what, long done, long total, String figures) {
                if (what.equals("images adapter")) {
                    throw new IllegalStateException("cut off");
                }
                super.advanced(what, done, total, figures);
            }
        };
        assertThrows(IllegalStateException.class, () -> experiment(cut)
                .run(List.of(ExperimentRow.KEYWORD, ExperimentRow.PLAIN, ExperimentRow.ADAPTER)));
        assertTrue(cut.work.contains("training adapter"));
        report = experiment(AFTER_THE_CUT).run(ExperimentRow.main());
    }

    @Test
    void what_was_trained_before_a_cut_is_not_trained_again_and_its_losses_are_known() {
        assertFalse(AFTER_THE_CUT.work.contains("training adapter"));
        assertFalse(AFTER_THE_CUT.work.contains("images plain"));
        assertTrue(AFTER_THE_CUT.work.contains("images adapter"));
        assertTrue(report.rows().get("adapter").losses().get("total") > 0);
    }

    @Test
    void each_row_has_its_images_and_the_trained_one_its_losses() {
        assertEquals(
                List.of("keyword", "plain", "adapter", "keyword-adapter", "fresh", "fresh-adapter"),
                List.copyOf(report.rows().keySet()));
        for (ExperimentReport.Row row : report.rows().values()) {
            assertEquals(4, row.shares().get(Attribute.COLOUR).trials(), row.title());
            assertTrue(row.frechet() > 0, row.title());
        }
        assertTrue(report.rows().get("adapter").losses().get("denoising") > 0);
        assertTrue(report.rows().get("adapter").losses().get("distillation") > 0);
        assertEquals(Map.of(), report.rows().get("plain").losses());
    }

    @Test
    void the_sheet_shows_the_images_without_and_with_the_adapter() throws IOException {
        var sheet = ImageIO.read(folder.resolve(Experiment.SHEET).toFile());
        assertTrue(sheet.getWidth() > 2 * 64 && sheet.getHeight() > 64, sheet.toString());
    }

    @Test
    void the_bundled_teacher_holds_what_unseen_sentences_mean_better_than_the_text_encoder() {
        Map<Attribute, Double> teacher = report.probes().shares().get(ProbeStudy.TEACHER);
        Map<Attribute, Double> clip = report.probes().shares().get(ProbeStudy.CLIP_END);
        for (Attribute attribute : List.of(Attribute.COLOUR, Attribute.COUNT, Attribute.ARRANGEMENT)) {
            assertTrue(teacher.get(attribute) >= 0.95, attribute + " " + teacher);
        }
        assertTrue(teacher.get(Attribute.COUNT) > clip.get(Attribute.COUNT), teacher + " " + clip);
    }

    @Test
    void what_is_done_is_not_done_again() throws IOException {
        Heard heard = new Heard();
        // when
        ExperimentReport again = experiment(heard).run(ExperimentRow.main());
        // then
        assertEquals(report.toMarkdown(), again.toMarkdown());
        assertFalse(heard.work.stream().anyMatch(what -> what.startsWith("images") || what.startsWith("training")));
        assertFalse(heard.notes.stream().anyMatch(note -> note.startsWith("probing")), heard.notes.toString());
    }

    @Test
    void a_folder_with_the_results_of_another_plan_is_refused() {
        var other = new Experiment(new ExperimentPlan(17, 4, 2, 1, 1), model(), teacher(), folder, new Heard());
        var refusal = assertThrows(IllegalArgumentException.class, () -> other.run(ExperimentRow.main()));
        assertTrue(refusal.getMessage().contains("holds another experiment"), refusal.getMessage());
    }

    @Test
    void a_folder_with_the_rows_of_another_recipe_is_refused(@TempDir Path other) throws IOException {
        // given
        String stamp = Files.readString(folder.resolve("experiment.txt"));
        Files.writeString(other.resolve("experiment.txt"), stamp.replaceFirst("rows [0-9a-f]+", "rows 0"));
        // when
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new Experiment(PLAN, model(), teacher(), other, new Heard()).run(ExperimentRow.main()));
        // then
        assertTrue(refusal.getMessage().contains("holds another experiment"), refusal.getMessage());
    }

    private static Experiment experiment(Heard heard) {
        return new Experiment(PLAN, model(), teacher(), folder, heard);
    }

    private static ModelFolder model() {
        return BUNDLED.resolve("playground");
    }

    private static TeacherFolder teacher() {
        return TeacherFolder.resolve(BUNDLED, "playground");
    }

    private static class Heard implements ExperimentProgress {
        final List<String> work = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        @Override
        public void advanced(String what, long done, long total, String figures) {
            work.add(what);
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }
}
