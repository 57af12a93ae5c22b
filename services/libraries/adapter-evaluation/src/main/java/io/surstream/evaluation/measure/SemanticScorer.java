package io.surstream.evaluation.measure;

import io.surstream.models.pipeline.RgbImage;
import java.util.List;
import java.util.Map;

/**
 * Says what of a prompt's meaning a picture shows, category by category. Thread-safe.
 *
 * <p>Answers are right or wrong. A scorer that measures similarities instead, as CLIP does, answers whether the picture is nearer
 * to its own prompt than to other prompts (R-precision).
 *
 * @param <E> what a picture is compared with
 */
public interface SemanticScorer<E> {
    /** Name in reports. */
    String name();

    /** The prompts that this scorer can judge, the same for the same seed. */
    List<EvaluationTask<E>> tasks(int count, long seed);

    /** Categories in the order of reports. */
    List<String> categories();

    /** The one category that must rise for an adapter to be better. */
    String headline();

    /** Right or wrong by category; a category that the prompt says nothing about is absent. */
    Map<String, Boolean> judge(E expected, RgbImage picture);

    /** Real pictures of what the tasks ask for, at least two: what quality is measured against. */
    List<RgbImage> references(List<EvaluationTask<E>> tasks);
}
