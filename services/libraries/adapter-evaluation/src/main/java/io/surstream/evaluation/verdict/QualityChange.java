package io.surstream.evaluation.verdict;

import io.surstream.evaluation.statistics.Interval;

/**
 * One measure of quality without and with the adapter.
 *
 * @param interval of adapted − baseline, 95 %
 * @param tolerance how far it may fall, as a share of the baseline's value
 */
public record QualityChange(
        String measure, boolean higherIsBetter, double baseline, double adapted, Interval interval, double tolerance) {

    public double change() {
        return adapted - baseline;
    }

    /** The whole interval is within the tolerance: it surely does not fall further. */
    public boolean acceptable() {
        return higherIsBetter ? interval.lower() >= -allowed() : interval.upper() <= allowed();
    }

    /** The whole interval is beyond the tolerance: it surely falls. Between the two, more images would tell. */
    public boolean falls() {
        return higherIsBetter ? interval.upper() < -allowed() : interval.lower() > allowed();
    }

    private double allowed() {
        return tolerance * Math.abs(baseline);
    }
}
