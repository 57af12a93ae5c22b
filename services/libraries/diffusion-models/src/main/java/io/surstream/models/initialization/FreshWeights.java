package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Collects the parameters of one network in checkpoint order and gives each its starting value.
 *
 * <p>Linear and convolution weights and biases start uniform in ±1/√fan_in (PyTorch's default for both layers), norms
 * at one and zero, embeddings normal with a given deviation. Values depend on the seed and on the parameter's name
 * alone, so that adding a layer does not change the others. Not thread-safe.
 */
public final class FreshWeights {
    private final Map<String, FloatTensor> weights = new LinkedHashMap<>();
    private final long seed;

    public FreshWeights(long seed) {
        this.seed = seed;
    }

    public Map<String, FloatTensor> toMap() {
        return weights;
    }

    /** {@code name.weight} [out, in] and {@code name.bias} [out]. */
    public FreshWeights linear(String name, int in, int out) {
        return linearWithoutBias(name, in, out).uniform(name + ".bias", in, out);
    }

    public FreshWeights linearWithoutBias(String name, int in, int out) {
        return uniform(name + ".weight", in, out, in);
    }

    /** {@code name.weight} [out, in, kernel, kernel] and {@code name.bias} [out]. */
    public FreshWeights conv(String name, int in, int out, int kernel) {
        int fanIn = in * kernel * kernel;
        return uniform(name + ".weight", fanIn, out, in, kernel, kernel).uniform(name + ".bias", fanIn, out);
    }

    /** A convolution that starts at zero, so that the residual branch it ends starts as the identity. */
    public FreshWeights zeroConv(String name, int in, int out, int kernel) {
        weights.put(name + ".weight", FloatTensor.zeros(out, in, kernel, kernel));
        weights.put(name + ".bias", FloatTensor.zeros(out));
        return this;
    }

    public FreshWeights norm(String name, int channels) {
        ones(name + ".weight", channels);
        weights.put(name + ".bias", FloatTensor.zeros(channels));
        return this;
    }

    public FreshWeights ones(String name, int size) {
        float[] ones = new float[size];
        java.util.Arrays.fill(ones, 1f);
        weights.put(name, FloatTensor.of(ones, size));
        return this;
    }

    /** {@code name} [out, in], uniform in ±√(6/(in+out)) (Glorot and Bengio 2010). */
    public FreshWeights xavier(String name, int in, int out) {
        return uniform(name, Math.sqrt(6.0 / (in + out)), out, in);
    }

    public FreshWeights zeros(String name, long... shape) {
        weights.put(name, FloatTensor.zeros(shape));
        return this;
    }

    /** One tensor uniform in ±1/√fan_in. */
    public FreshWeights uniform(String name, int fanIn, long... shape) {
        return uniform(name, 1 / Math.sqrt(fanIn), shape);
    }

    public FreshWeights normal(String name, double deviation, long... shape) {
        SplittableRandom random = randomFor(name);
        return put(name, () -> (float) (deviation * gaussian(random)), shape);
    }

    private FreshWeights uniform(String name, double bound, long... shape) {
        SplittableRandom random = randomFor(name);
        return put(name, () -> (float) ((2 * random.nextDouble() - 1) * bound), shape);
    }

    private FreshWeights put(String name, FloatSource source, long... shape) {
        int size = 1;
        for (long side : shape) {
            size = Math.multiplyExact(size, Math.toIntExact(side));
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = source.next();
        }
        weights.put(name, FloatTensor.of(values, shape));
        return this;
    }

    private SplittableRandom randomFor(String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    /** Box–Muller; one of the pair is thrown away, speed does not matter here. */
    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private interface FloatSource {
        float next();
    }
}
