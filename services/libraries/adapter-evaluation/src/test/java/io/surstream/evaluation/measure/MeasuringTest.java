package io.surstream.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.evaluation.paint.ImagePainter;
import io.surstream.evaluation.paint.PaintRequest;
import io.surstream.models.image.RgbImage;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.score.PlaygroundScore.Wording;
import io.surstream.playground.world.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuringTest {
    private final PlaygroundScorer scorer = new PlaygroundScorer();
    private final List<EvaluationTask<Scene>> tasks = scorer.tasks(60, 4);

    /** Always draws what was asked for. */
    private ImagePainter truth() {
        Map<PaintRequest, RgbImage> real = new HashMap<>();
        List<RgbImage> references = scorer.references(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            real.put(tasks.get(i).request(), references.get(i));
        }
        return requests -> requests.stream().map(real::get).toList();
    }

    @Test
    void true_images_are_judged_right_in_every_category() {
        ArmResult arm = new Measuring<>(scorer, image -> new double[] {1}, 16, 3).measure(tasks, truth(), done -> {});

        assertEquals(60, arm.images());
        assertEquals(3, arm.first().size());
        for (Map<String, Boolean> right : arm.right()) {
            assertTrue(right.get(scorer.headline()), right.toString());
            assertTrue(scorer.categories().containsAll(right.keySet()));
        }
    }

    @Test
    void painters_get_batches_and_features_keep_the_order() {
        List<Integer> sizes = new ArrayList<>();
        List<Integer> heard = new ArrayList<>();
        ImagePainter truth = truth();
        ImagePainter counting = requests -> {
            sizes.add(requests.size());
            return truth.paint(requests);
        };
        ImageFeatures first = image -> new double[] {image.rgb()[0]};

        ArmResult arm = new Measuring<>(scorer, first, 25, 0).measure(tasks, counting, heard::add);

        assertEquals(List.of(25, 25, 10), sizes);
        assertEquals(List.of(25, 50, 60), heard);
        List<double[]> references = new Measuring<>(scorer, first, 25, 0).references(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            assertArrayEquals(references.get(i), arm.features().get(i));
        }
        assertTrue(arm.first().isEmpty());
    }

    @Test
    void controls_are_the_keyword_captions_of_the_same_scenes() {
        List<EvaluationTask<Scene>> controls = scorer.controls(20, 4);

        for (int i = 0; i < 20; i++) {
            Scene scene = tasks.get(i).expected();
            assertEquals(scene, controls.get(i).expected());
            assertEquals(KeywordCaptions.of(scene), controls.get(i).request().prompt());
        }
        assertFalse(scorer.kept().contains("style"));
        assertEquals(List.of(), scorer.controls(0, 4));
        assertEquals(List.of(), new PlaygroundScorer(Wording.KEYWORD).controls(20, 4));
    }

    @Test
    void the_same_seed_gives_the_same_plain_prompts() {
        assertEquals(tasks, scorer.tasks(60, 4));
        assertFalse(tasks.equals(scorer.tasks(60, 5)));
        assertThrows(IllegalArgumentException.class, () -> new Measuring<>(scorer, image -> null, 0, 0));
    }
}
