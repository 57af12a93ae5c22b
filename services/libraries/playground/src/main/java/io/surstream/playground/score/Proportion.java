package io.surstream.playground.score;

/** How many of some trials succeeded, with Wilson's score interval (Wilson 1927) at 95 %. */
public record Proportion(int successes, int trials) {
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (trials < 0 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("successes must be 0.." + trials + " (the trials) but are " + successes);
        }
    }

    /** 0..1; NaN without trials. */
    public double rate() {
        return (double) successes / trials;
    }

    /** Lower end of the interval, 0..1; 0 without trials. */
    public double lower() {
        return trials == 0 ? 0 : Math.max(0, middle() - halfWidth());
    }

    /** Upper end of the interval, 0..1; 1 without trials. */
    public double upper() {
        return trials == 0 ? 1 : Math.min(1, middle() + halfWidth());
    }

    private double middle() {
        return (rate() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        double variance = rate() * (1 - rate()) / trials + Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(variance) / (1 + Z * Z / trials);
    }
}
