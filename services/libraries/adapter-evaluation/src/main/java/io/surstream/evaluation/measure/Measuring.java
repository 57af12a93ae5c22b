package io.surstream.evaluation.measure;

import io.surstream.evaluation.paint.ImagePainter;
import io.surstream.models.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Draws tasks and measures the images, batch by batch, so that only the first images are kept.
 *
 * @param batch how many images the painter draws together, at least one
 * @param kept how many first images are kept for people
 */
public record Measuring<E>(SemanticScorer<E> scorer, ImageFeatures features, int batch, int kept) {
    public Measuring {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1 but is " + batch);
        }
    }

    /**
     * @param done is called after each batch how many images are finished; an exception from it ends the measuring
     */
    public ArmResult measure(List<EvaluationTask<E>> tasks, ImagePainter painter, IntConsumer done) {
        List<Map<String, Boolean>> right = new ArrayList<>();
        List<double[]> vectors = new ArrayList<>();
        List<Edges> edges = new ArrayList<>();
        List<RgbImage> first = new ArrayList<>();
        for (int start = 0; start < tasks.size(); start += batch) {
            List<EvaluationTask<E>> part = tasks.subList(start, Math.min(tasks.size(), start + batch));
            List<RgbImage> images =
                    painter.paint(part.stream().map(EvaluationTask::request).toList());
            for (int i = 0; i < part.size(); i++) {
                RgbImage image = images.get(i);
                right.add(scorer.judge(part.get(i).expected(), image));
                vectors.add(features.of(image));
                edges.add(Edges.of(image));
                if (first.size() < kept) {
                    first.add(image);
                }
            }
            done.accept(right.size());
        }
        return new ArmResult(right, vectors, edges, first);
    }

    /** Feature vectors of the scorer's reference images. */
    public List<double[]> references(List<EvaluationTask<E>> tasks) {
        return scorer.references(tasks).stream().map(features::of).toList();
    }
}
