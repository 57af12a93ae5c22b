package io.surstream.evaluator;

import io.surstream.evaluation.measure.EvaluationTask;
import io.surstream.evaluation.measure.SemanticScorer;
import io.surstream.evaluation.paint.PaintRequest;
import io.surstream.models.image.RgbImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A scorer plug-in, registered in {@code META-INF/services} of these tests. It takes every image for a cat. */
public final class ForeignScorer implements SemanticScorer<String> {
    @Override
    public String name() {
        return "cats";
    }

    @Override
    public List<EvaluationTask<String>> tasks(int count, long seed) {
        return IntStream.range(0, count)
                .mapToObj(i -> new EvaluationTask<>(new PaintRequest("a cat", seed + i), "cat"))
                .toList();
    }

    @Override
    public List<String> categories() {
        return List.of("cat");
    }

    @Override
    public String headline() {
        return "cat";
    }

    @Override
    public Map<String, Boolean> judge(String expected, RgbImage image) {
        return Map.of("cat", expected.equals("cat"));
    }

    @Override
    public List<RgbImage> references(List<EvaluationTask<String>> tasks) {
        return tasks.stream()
                .map(task -> new RgbImage(64, 64, new byte[64 * 64 * 3]))
                .toList();
    }
}
