package io.surstream.evaluation.verdict;

import io.surstream.evaluation.measure.ArmResult;
import io.surstream.evaluation.measure.Edges;
import io.surstream.evaluation.measure.SemanticScorer;
import io.surstream.evaluation.statistics.FrechetDistance;
import io.surstream.evaluation.statistics.PairedBootstrap;
import io.surstream.evaluation.statistics.PairedShares;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Two ways of drawing the same tasks, as numbers.
 *
 * @param headline the category that must rise
 * @param controls what must not fall of prompts that an adapter is to leave alone; empty where none were drawn
 * @param tolerances that the measures of quality were given
 */
public record Comparison(
        String headline,
        List<CategoryGain> categories,
        List<CategoryGain> controls,
        List<QualityChange> qualities,
        Tolerances tolerances) {
    /** Names of the measures of quality. */
    public static final String FRECHET = "frechet-distance";

    public static final String SHARPNESS = "sharpness";

    public Comparison {
        categories = List.copyOf(categories);
        controls = List.copyOf(controls);
        qualities = List.copyOf(qualities);
        if (categories.stream().noneMatch(gain -> gain.category().equals(headline))) {
            throw new IllegalArgumentException("the headline category " + headline + " is none of the categories");
        }
    }

    /**
     * @param references feature vectors of real images
     * @throws IllegalArgumentException if the arms have other numbers of images
     */
    public static Comparison of(
            SemanticScorer<?> scorer,
            ArmResult baseline,
            ArmResult adapted,
            List<double[]> references,
            PairedBootstrap bootstrap,
            Tolerances tolerances) {
        List<CategoryGain> gains = gains(scorer.categories(), baseline, adapted);
        FrechetDistance distance = FrechetDistance.to(references);
        List<QualityChange> qualities = List.of(
                change(
                        FRECHET,
                        false,
                        tolerances.maxFrechetRise(),
                        baseline,
                        adapted,
                        bootstrap,
                        (arm, indices) -> distance.of(arm.features(), indices)),
                change(
                        SHARPNESS,
                        true,
                        tolerances.maxSharpnessDrop(),
                        baseline,
                        adapted,
                        bootstrap,
                        (arm, indices) -> Edges.sharpness(arm.edges(), indices)));
        return new Comparison(scorer.headline(), gains, List.of(), qualities, tolerances);
    }

    /** The same with the two arms of prompts that an adapter is to leave alone, which may have no images. */
    public Comparison withControls(SemanticScorer<?> scorer, ArmResult baseline, ArmResult adapted) {
        List<String> kept = baseline.images() == 0 ? List.of() : scorer.kept();
        return new Comparison(headline, categories, gains(kept, baseline, adapted), qualities, tolerances);
    }

    private static List<CategoryGain> gains(List<String> categories, ArmResult baseline, ArmResult adapted) {
        if (baseline.images() != adapted.images()) {
            throw new IllegalArgumentException("arms must have the same tasks but one has " + baseline.images()
                    + " images and the other " + adapted.images());
        }
        return categories.stream()
                .map(category -> new CategoryGain(category, answers(category, baseline, adapted)))
                .toList();
    }

    private static QualityChange change(
            String measure,
            boolean higherIsBetter,
            double tolerance,
            ArmResult baseline,
            ArmResult adapted,
            PairedBootstrap bootstrap,
            ToDoubleBiFunction<ArmResult, int[]> value) {
        int[] all = IntStream.range(0, baseline.images()).toArray();
        return new QualityChange(
                measure,
                higherIsBetter,
                value.applyAsDouble(baseline, all),
                value.applyAsDouble(adapted, all),
                bootstrap.interval(
                        all.length,
                        indices -> value.applyAsDouble(adapted, indices) - value.applyAsDouble(baseline, indices)),
                tolerance);
    }

    private static PairedShares answers(String category, ArmResult baseline, ArmResult adapted) {
        int[] counts = new int[4];
        for (int i = 0; i < baseline.images(); i++) {
            Map<String, Boolean> before = baseline.right().get(i);
            Map<String, Boolean> after = adapted.right().get(i);
            if (before.containsKey(category)) {
                counts[(before.get(category) ? 0 : 2) + (after.get(category) ? 0 : 1)]++;
            }
        }
        return new PairedShares(counts[0], counts[1], counts[2], counts[3]);
    }

    /** The gain of the headline category. */
    public CategoryGain headlineGain() {
        return categories.stream()
                .filter(gain -> gain.category().equals(headline))
                .findFirst()
                .orElseThrow();
    }
}
