package io.surstream.playground.score;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells shapes by their coverage, scaled to 16×16: the shape whose rendered examples are nearest, summed over all
 * objects of the image.
 */
final class ShapeTemplates {
    private static final int GRID = 16;
    private static final int SIZE = PlaygroundImage.SIZE;
    private static final Map<Shape, List<float[]>> EXAMPLES = examples();

    private ShapeTemplates() {}

    static Shape nearest(Segmentation segmentation) {
        Shape nearest = null;
        double least = Double.MAX_VALUE;
        List<float[]> grids = grids(segmentation);
        for (Map.Entry<Shape, List<float[]>> shape : EXAMPLES.entrySet()) {
            double sum = grids.stream()
                    .mapToDouble(grid -> shape.getValue().stream()
                            .mapToDouble(example -> squaredDistance(grid, example))
                            .min()
                            .orElseThrow())
                    .sum();
            if (sum < least) {
                least = sum;
                nearest = shape.getKey();
            }
        }
        return nearest;
    }

    private static Map<Shape, List<float[]>> examples() {
        Map<Shape, List<float[]>> examples = new EnumMap<>(Shape.class);
        for (Shape shape : Shape.values()) {
            List<float[]> grids = new ArrayList<>();
            for (Style style : Style.values()) {
                for (int count = 1; count <= Scene.MAX_COUNT; count++) {
                    Arrangement arrangement = count == 1 ? Arrangement.ALONE : Arrangement.SIDE_BY_SIDE;
                    Scene scene = new Scene(count, shape, Colour.BLUE, arrangement, Background.WHITE, style);
                    grids.addAll(grids(Segmentation.of(SceneRenderer.image(scene, count))));
                }
            }
            examples.put(shape, grids);
        }
        return examples;
    }

    private static List<float[]> grids(Segmentation segmentation) {
        return segmentation.blobs().stream()
                .map(blob -> grid(segmentation.coverage(), blob))
                .toList();
    }

    /** The square around a blob's bounding box, 16×16 samples with bilinear interpolation. */
    private static float[] grid(float[] coverage, Blob blob) {
        double side = Math.max(blob.right() - blob.left(), blob.bottom() - blob.top()) + 1;
        double left = blob.centre().x() - side / 2;
        double top = blob.centre().y() - side / 2;
        float[] grid = new float[GRID * GRID];
        for (int i = 0; i < grid.length; i++) {
            double x = left + (i % GRID + 0.5) * side / GRID - 0.5;
            double y = top + (i / GRID + 0.5) * side / GRID - 0.5;
            grid[i] = (float) sample(coverage, x, y);
        }
        return grid;
    }

    private static double sample(float[] coverage, double x, double y) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        double right = x - x0;
        double down = y - y0;
        return (1 - down) * ((1 - right) * at(coverage, x0, y0) + right * at(coverage, x0 + 1, y0))
                + down * ((1 - right) * at(coverage, x0, y0 + 1) + right * at(coverage, x0 + 1, y0 + 1));
    }

    private static double at(float[] coverage, int x, int y) {
        return x < 0 || y < 0 || x >= SIZE || y >= SIZE ? 0 : coverage[y * SIZE + x];
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
