package io.surstream.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.Edges;
import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.evaluation.measure.PlaygroundScorer;
import io.surstream.evaluation.statistics.PairedBootstrap;
import io.surstream.evaluation.verdict.Comparison;
import io.surstream.evaluation.verdict.Tolerances;
import io.surstream.evaluation.verdict.Verdict;
import io.surstream.evaluation.verdict.VerdictPolicy;
import io.surstream.models.image.RgbImage;
import io.surstream.playground.world.Scene;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final int IMAGES = 80;

    private final PlaygroundScorer scorer = new PlaygroundScorer();
    private final List<EvaluationTask<Scene>> tasks = scorer.tasks(IMAGES, 1);
    private final Random random = new Random(2);

    /** Right in the given share of images, features around a centre. */
    private ArmResult arm(double share, double centre) {
        List<Map<String, Boolean>> right = new ArrayList<>();
        List<double[]> features = new ArrayList<>();
        List<Edges> edges = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            boolean answer = i < share * IMAGES;
            right.add(i % 2 == 0 ? Map.of("together", answer, "arrangement", answer) : Map.of("together", answer));
            features.add(new double[] {centre + random.nextGaussian(), random.nextGaussian()});
            edges.add(new Edges(10, 20 + random.nextDouble()));
        }
        return new ArmResult(right, features, edges, List.of(new RgbImage(8, 8, new byte[192])));
    }

    private Comparison compare(ArmResult baseline, ArmResult adapted) {
        return Comparison.of(
                scorer, baseline, adapted, arm(1, 0).features(), new PairedBootstrap(200, 1), Tolerances.STANDARD);
    }

    @Test
    void an_arm_with_more_right_answers_and_nearer_images_is_better() {
        Comparison comparison = compare(arm(0.25, 3), arm(0.75, 0));

        assertEquals(0.5, comparison.headlineGain().answers().gain(), 1e-9);
        assertEquals(
                IMAGES / 2,
                comparison.categories().stream()
                        .filter(gain -> gain.category().equals("arrangement"))
                        .mapToInt(gain -> gain.answers().pairs())
                        .sum(),
                "only where the prompt says it");
        assertEquals(Verdict.Kind.BETTER, VerdictPolicy.judge(comparison).kind());
    }

    @Test
    void an_arm_whose_images_drift_away_is_worse() {
        assertEquals(
                Verdict.Kind.WORSE,
                VerdictPolicy.judge(compare(arm(0.25, 0.5), arm(0.75, 3))).kind());
    }

    @Test
    void arms_of_other_sizes_are_not_compared() {
        ArmResult empty = new ArmResult(List.of(), List.of(), List.of(), List.of());

        assertThrows(IllegalArgumentException.class, () -> compare(arm(1, 0), empty));
    }

    @Test
    void the_document_holds_every_number_and_every_prompt() {
        ArmResult baseline = arm(0.25, 3);
        ArmResult adapted = arm(0.75, 0);
        Comparison comparison = compare(baseline, adapted);

        ObjectNode document = ReportDocument.of(comparison, VerdictPolicy.judge(comparison));
        ReportDocument.addPrompts(document, "prompts", tasks, baseline, adapted);

        assertEquals("BETTER", document.path("verdict").asText());
        assertEquals(20, document.at("/categories/together/baseline/right").asInt());
        assertEquals(0.5, document.at("/categories/together/gain").asDouble(), 1e-9);
        assertTrue(document.at("/qualities/frechet-distance/change_upper").asDouble() < 0);
        assertEquals(IMAGES, document.path("prompts").size());
        assertEquals(
                tasks.get(3).request().prompt(),
                document.at("/prompts/3/prompt").asText());
    }

    @Test
    void the_sheet_is_a_png_of_the_kept_pairs() throws IOException {
        byte[] png = ContactSheet.of(tasks, arm(0.25, 3), arm(0.75, 0), scorer.headline());

        assertEquals(8 + 8 * 136, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
    }
}
