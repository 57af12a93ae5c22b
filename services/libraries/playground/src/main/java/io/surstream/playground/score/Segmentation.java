package io.surstream.playground.score;

import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Rgb;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An image parted into background and objects. The background is the known one nearest to the border's median; what is
 * clearly not background tells the main colour; then a pixel belongs to an object when it is more than half as far from
 * the background as that colour, so that soft edges do not join neighbours.
 *
 * @param colour what all objects have, if they agree
 * @param coverage how much of each pixel an object covers, 0..1, by distance from the background colour: 64·64
 * @param blobs the objects, empty if there is none
 */
record Segmentation(Background background, Optional<Colour> colour, float[] coverage, List<Blob> blobs) {
    private static final int SIZE = PlaygroundImage.SIZE;
    private static final double CLEARLY_OTHER = 58;

    static Segmentation of(PlaygroundImage image) {
        Rgb border = borderMedian(image);
        Background background = Stream.of(Background.values())
                .min(Comparator.comparingDouble(candidate -> candidate.rgb().distance(border)))
                .orElseThrow();
        double[] distances = IntStream.range(0, SIZE * SIZE)
                .mapToDouble(i -> pixel(image, i).distance(border))
                .toArray();
        List<Blob> candidates = Blob.of(mask(distances, CLEARLY_OTHER));
        ObjectColour colours = new ObjectColour(image, background.outline(), border);
        if (candidates.isEmpty()) {
            return new Segmentation(background, Optional.empty(), new float[SIZE * SIZE], List.of());
        }
        Colour main = colours.nearest(candidates);
        double full = main.rgb().distance(border);
        float[] coverage = new float[distances.length];
        for (int i = 0; i < coverage.length; i++) {
            coverage[i] = (float) Math.min(1, distances[i] / full);
        }
        List<Blob> blobs = Blob.of(mask(distances, full / 2));
        Optional<Colour> shared = blobs.isEmpty() ? Optional.empty() : colours.shared(blobs);
        return new Segmentation(background, shared, coverage, blobs);
    }

    /** Pixels of the objects and up to two pixels around their bounding boxes, each once. */
    int[] neighbourhood() {
        return IntStream.range(0, SIZE * SIZE)
                .filter(i -> blobs.stream().anyMatch(blob -> blob.isNear(i % SIZE, i / SIZE, 2)))
                .toArray();
    }

    private static boolean[] mask(double[] distances, double limit) {
        boolean[] mask = new boolean[distances.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = distances[i] > limit;
        }
        return mask;
    }

    static Rgb pixel(PlaygroundImage image, int i) {
        return new Rgb(
                image.at(i % SIZE, i / SIZE, 0), image.at(i % SIZE, i / SIZE, 1), image.at(i % SIZE, i / SIZE, 2));
    }

    private static Rgb borderMedian(PlaygroundImage image) {
        int[] border = IntStream.range(0, SIZE * SIZE)
                .filter(i -> i < SIZE || i >= SIZE * (SIZE - 1) || i % SIZE == 0 || i % SIZE == SIZE - 1)
                .toArray();
        int[] median = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            int c = channel;
            int[] values = Arrays.stream(border)
                    .map(i -> image.at(i % SIZE, i / SIZE, c))
                    .sorted()
                    .toArray();
            median[c] = values[values.length / 2];
        }
        return new Rgb(median[0], median[1], median[2]);
    }
}
