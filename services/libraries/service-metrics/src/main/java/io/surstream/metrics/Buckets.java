package io.surstream.metrics;

/** Upper bounds of histograms: few, so that a metric costs little, and the same everywhere, so that sums over services mean something. */
enum Buckets {
    /** Work of milliseconds to minutes, in seconds. */
    WORK(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
    /** Waiting of milliseconds to hours, in seconds. */
    AGE(0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600),
    /** Counts of things handled together. */
    SIZE(1, 2, 4, 8, 16, 32, 64, 128);

    private final double[] bounds;

    Buckets(double... bounds) {
        this.bounds = bounds;
    }

    double[] bounds() {
        return bounds.clone();
    }
}
