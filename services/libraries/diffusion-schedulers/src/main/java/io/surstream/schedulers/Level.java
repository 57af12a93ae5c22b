package io.surstream.schedulers;

/**
 * A noise level of the variance-preserving process x = α·x0 + σ·ε with α² + σ² = 1.
 *
 * @param lambda log(α/σ); infinite where no noise is left
 */
record Level(double alpha, double sigma, double lambda) {

    /** @param sigma noise over signal, σ/α */
    static Level of(double sigma) {
        double alpha = 1 / Math.sqrt(sigma * sigma + 1);
        return new Level(alpha, sigma * alpha, -Math.log(sigma));
    }
}
