package io.surstream.playground.training;

/** Stable Diffusion's scaled-linear noise schedule: 1,000 timesteps from nearly clean to nearly noise. */
final class NoiseLevels {
    static final int TRAIN_TIMESTEPS = 1_000;
    static final double BETA_START = 0.00085;
    static final double BETA_END = 0.012;

    private static final float[] ALPHAS_CUMPROD = alphasCumprod();

    private NoiseLevels() {}

    /** The signal's share of the variance at a timestep in 0..999. */
    static float alphaCumprod(int timestep) {
        return ALPHAS_CUMPROD[timestep];
    }

    private static float[] alphasCumprod() {
        float[] levels = new float[TRAIN_TIMESTEPS];
        double product = 1;
        for (int t = 0; t < TRAIN_TIMESTEPS; t++) {
            double root =
                    Math.sqrt(BETA_START) + (Math.sqrt(BETA_END) - Math.sqrt(BETA_START)) * t / (TRAIN_TIMESTEPS - 1);
            product *= 1 - root * root;
            levels[t] = (float) product;
        }
        return levels;
    }
}
