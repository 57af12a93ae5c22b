package io.surstream.schedulers;

/**
 * The random stream of {@code torch.Generator("cpu").manual_seed(seed)}: 32-bit Mersenne Twister (Matsumoto and Nishimura
 * 1998) under torch's own Box-Muller arrangement, so that a seed gives the same initial noise as it does in PyTorch (up to
 * the last bits of log and cos). Not thread-safe.
 */
public final class TorchGenerator {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;
    // the second value of the last Box-Muller pair drawn by a small request
    private double cachedNormal = Double.NaN;

    /** @param seed as given to {@code manual_seed}; only its low 32 bits reach the engine, as in torch */
    public TorchGenerator(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** {@code torch.randn(shape, generator=self)} in fp32, flat in row-major order. */
    public float[] randn(long... shape) {
        long count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, size);
        }
        float[] values = new float[Math.toIntExact(count)];
        if (values.length < 16) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) nextNormal();
            }
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = nextFloat();
        }
        for (int from = 0; from + 16 <= values.length; from += 16) {
            boxMuller(values, from);
        }
        if (values.length % 16 != 0) {
            // torch draws the last sixteen again, over values already made
            int from = values.length - 16;
            for (int i = from; i < values.length; i++) {
                values[i] = nextFloat();
            }
            boxMuller(values, from);
        }
        return values;
    }

    /** Turns sixteen uniform values into normal ones: the first eight are radii, the last eight angles. */
    private static void boxMuller(float[] values, int from) {
        for (int j = from; j < from + 8; j++) {
            float radius = (float) Math.sqrt(-2f * (float) Math.log(1f - values[j]));
            float theta = (float) (2 * Math.PI * values[j + 8]); // rounded after the product, as torch does
            values[j] = radius * (float) Math.cos(theta);
            values[j + 8] = radius * (float) Math.sin(theta);
        }
    }

    private double nextNormal() {
        if (!Double.isNaN(cachedNormal)) {
            double value = cachedNormal;
            cachedNormal = Double.NaN;
            return value;
        }
        double u1 = nextDouble();
        double u2 = nextDouble();
        double radius = Math.sqrt(-2 * Math.log1p(-u2));
        double theta = 2 * Math.PI * u1;
        cachedNormal = radius * Math.sin(theta);
        return radius * Math.cos(theta);
    }

    private float nextFloat() {
        return (nextInt() & 0xFFFFFF) * 0x1p-24f;
    }

    private double nextDouble() {
        long high = nextInt() & 0xFFFFFFFFL;
        long low = nextInt() & 0xFFFFFFFFL;
        return ((high << 32 | low) & ((1L << 53) - 1)) * 0x1p-53;
    }

    private int nextInt() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < N; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
            state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
