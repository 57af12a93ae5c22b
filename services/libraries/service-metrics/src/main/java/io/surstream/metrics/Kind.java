package io.surstream.metrics;

import java.util.Locale;

/**
 * How a metric behaves. Histograms have few bounds, so that a metric costs little, and the same everywhere, so that sums over services
 * mean something.
 */
public enum Kind {
    COUNTER,
    GAUGE,
    /** Histogram of work of milliseconds to minutes, in seconds. */
    WORK(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
    /** Histogram of waiting of milliseconds to hours, in seconds. */
    AGE(0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600),
    /** Histogram of counts of things handled together. */
    SIZE(1, 2, 4, 8, 16, 32, 64, 128);

    private final double[] bounds;

    Kind(double... bounds) {
        this.bounds = bounds;
    }

    public boolean isHistogram() {
        return bounds.length > 0;
    }

    /** As Prometheus calls it: counter, gauge or histogram. */
    public String type() {
        return isHistogram() ? "histogram" : name().toLowerCase(Locale.ROOT);
    }

    /** Upper bounds of a histogram's buckets, without the last one, which has none. */
    double[] bounds() {
        return bounds.clone();
    }
}
