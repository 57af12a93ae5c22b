package io.surstream.models;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights of a network that nobody trained: norms near one, the rest small, so that outputs stay of order one. */
public final class RandomWeights {
    private RandomWeights() {}

    public static MemoryWeights of(WeightShapes shapes, long seed) {
        return MemoryWeights.of(tensors(shapes, seed));
    }

    public static Map<String, FloatTensor> tensors(WeightShapes shapes, long seed) {
        Random random = new Random(seed);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        shapes.asMap().forEach((name, shape) -> {
            boolean norm = name.contains("norm") && name.endsWith(".weight");
            FloatTensor tensor = normal(random, shape);
            long fanIn = shape.length > 1 ? tensor.size() / shape[0] : 100;
            for (int i = 0; i < tensor.data().length; i++) {
                tensor.data()[i] = (float) (tensor.data()[i] / Math.sqrt(fanIn) + (norm ? 1 : 0));
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    /** Standard normal values. */
    public static FloatTensor normal(Random random, long... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) random.nextGaussian();
        }
        return tensor;
    }

    /** Largest difference of two tensors of the same size. */
    public static double distance(FloatTensor a, FloatTensor b) {
        if (a.size() != b.size()) {
            throw new AssertionError(a + " and " + b + " differ in size");
        }
        double largest = 0;
        for (int i = 0; i < a.data().length; i++) {
            double difference = Math.abs((double) a.data()[i] - b.data()[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** Row {@code n} of a batch, as a batch of one. */
    public static FloatTensor row(FloatTensor batch, int n) {
        long[] shape = batch.shape().clone();
        int size = batch.size() / (int) shape[0];
        shape[0] = 1;
        return FloatTensor.of(Arrays.copyOfRange(batch.data(), n * size, (n + 1) * size), shape);
    }
}
