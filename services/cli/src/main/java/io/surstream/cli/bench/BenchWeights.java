package io.surstream.cli.bench;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random fp32 weights of given shapes for timing. All tensors are views of one buffer as large as the largest of them,
 * so a network of Stable Diffusion's size needs little additional memory; its arithmetic is the same.
 */
final class BenchWeights implements Weights {
    private static final float SCALE = 0.02f;
    private static final long SEED = 7;

    private final Map<String, long[]> shapes;
    private final ByteBuffer values;

    BenchWeights(Map<String, long[]> shapes) {
        this.shapes = shapes;
        long largest =
                shapes.values().stream().mapToLong(BenchWeights::elements).max().orElse(0);
        values = ByteBuffer.allocateDirect(Math.toIntExact(largest * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(SEED);
        while (values.hasRemaining()) {
            values.putFloat((float) random.nextGaussian() * SCALE);
        }
    }

    @Override
    public Set<String> names() {
        return shapes.keySet();
    }

    @Override
    public WeightTensor get(String name) {
        long[] shape = shapes.get(name);
        return new WeightTensor(
                name, DType.FP32, shape, values.slice(0, Math.toIntExact(elements(shape) * Float.BYTES)));
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public void close() {}

    private static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
