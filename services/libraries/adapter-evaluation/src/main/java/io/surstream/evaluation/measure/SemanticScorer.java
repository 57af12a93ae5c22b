package io.surstream.evaluation.measure;

import io.surstream.models.image.RgbImage;
import java.util.List;
import java.util.Map;

/**
 * Says what of a prompt's meaning an image shows, category by category. To add one, implement this with a public
 * constructor without parameters and name the class in
 * {@code META-INF/services/io.surstream.evaluation.measure.SemanticScorer} of a jar among the dependencies;
 * {@code surstream.evaluator.scorer} chooses it by its name. Thread-safe.
 *
 * <p>Answers are right or wrong. A scorer that measures similarities instead, as CLIP does, answers whether the image
 * is nearer to its own prompt than to other prompts (R-precision).
 *
 * @param <E> what an image is compared with
 */
public interface SemanticScorer<E> {
    /** Name in settings and reports. */
    String name();

    /** Whether it can judge images of this size, in pixels. */
    default boolean judges(int width, int height) {
        return true;
    }

    /** The prompts that this scorer can judge, the same for the same seed. */
    List<EvaluationTask<E>> tasks(int count, long seed);

    /**
     * Prompts that the base model understands by itself, the same for the same seed: an adapter is to leave them alone. Empty where
     * there are none of this kind.
     */
    default List<EvaluationTask<E>> controls(int count, long seed) {
        return List.of();
    }

    /** The categories that an adapter must keep in {@link #controls}. */
    default List<String> kept() {
        return categories();
    }

    /** Categories in the order of reports. */
    List<String> categories();

    /** The one category that must rise for an adapter to be better. */
    String headline();

    /** Right or wrong by category; a category that the prompt says nothing about is absent. */
    Map<String, Boolean> judge(E expected, RgbImage image);

    /** Real images of what the tasks ask for, at least two: what quality is measured against. */
    List<RgbImage> references(List<EvaluationTask<E>> tasks);
}
