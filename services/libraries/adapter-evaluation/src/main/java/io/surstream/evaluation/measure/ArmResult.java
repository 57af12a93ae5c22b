package io.surstream.evaluation.measure;

import io.surstream.models.image.RgbImage;
import java.util.List;
import java.util.Map;

/**
 * The result of drawing all tasks in one way. Lists are in the order of the tasks.
 *
 * @param right by category
 * @param features of each image
 * @param edges of each image
 * @param first the first images, for people
 */
public record ArmResult(
        List<Map<String, Boolean>> right, List<double[]> features, List<Edges> edges, List<RgbImage> first) {

    public ArmResult {
        right = List.copyOf(right);
        features = List.copyOf(features);
        edges = List.copyOf(edges);
        first = List.copyOf(first);
        if (features.size() != right.size() || edges.size() != right.size()) {
            throw new IllegalArgumentException("one arm has " + right.size() + " judged images but " + features.size()
                    + " feature vectors and " + edges.size() + " edge sums");
        }
    }

    public int images() {
        return right.size();
    }
}
