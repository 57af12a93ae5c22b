package io.surstream.evaluation.statistics;

import io.surstream.playground.score.Proportion;

/**
 * The same questions answered twice, without and with an adapter, as the four counts of a paired table.
 *
 * @param both right both times
 * @param onlyBaseline right only without the adapter
 * @param onlyAdapted right only with it
 * @param neither wrong both times
 */
public record PairedShares(int both, int onlyBaseline, int onlyAdapted, int neither) {
    public PairedShares {
        if (both < 0 || onlyBaseline < 0 || onlyAdapted < 0 || neither < 0) {
            throw new IllegalArgumentException("the counts of a paired table must not be negative but are " + both
                    + ", " + onlyBaseline + ", " + onlyAdapted + ", " + neither);
        }
    }

    /** How many questions were asked. */
    public int pairs() {
        return both + onlyBaseline + onlyAdapted + neither;
    }

    public Proportion baseline() {
        return new Proportion(both + onlyBaseline, pairs());
    }

    public Proportion adapted() {
        return new Proportion(both + onlyAdapted, pairs());
    }

    /** Share with the adapter minus share without, −1..1; NaN without pairs. */
    public double gain() {
        return (double) (onlyAdapted - onlyBaseline) / pairs();
    }

    /**
     * The 95 % interval of {@link #gain}: Newcombe 1998, Statistics in Medicine 17, 2635–2650, method 10, which squares and
     * adds the distances of Wilson's limits, corrected by the correlation of the two answers.
     */
    public Interval gainInterval() {
        if (pairs() == 0) {
            return new Interval(-1, 1);
        }
        Proportion first = adapted();
        Proportion second = baseline();
        double correlation = correlation();
        double below = distance(first.rate() - first.lower(), second.upper() - second.rate(), correlation);
        double above = distance(second.rate() - second.lower(), first.upper() - first.rate(), correlation);
        return new Interval(gain() - below, gain() + above);
    }

    private static double distance(double one, double other, double correlation) {
        return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
    }

    /** φ with the continuity correction of method 10; 0 where all answers of one side are equal. */
    private double correlation() {
        double margins = (double) (both + onlyBaseline)
                * (onlyAdapted + neither)
                * ((double) (both + onlyAdapted) * (onlyBaseline + neither));
        if (margins == 0) {
            return 0;
        }
        double product = (double) both * neither - (double) onlyBaseline * onlyAdapted;
        double corrected = product > 0 ? Math.max(0, product - pairs() / 2.0) : product;
        return corrected / Math.sqrt(margins);
    }

    /** Two-sided p of McNemar's exact test: how likely so uneven a split of the changed answers is if the adapter does nothing. */
    public double mcNemarP() {
        int changed = onlyBaseline + onlyAdapted;
        int fewer = Math.min(onlyBaseline, onlyAdapted);
        double logHalf = changed * Math.log(0.5);
        double logChoose = 0;
        double tail = 0;
        for (int k = 0; k <= fewer; k++) {
            tail += Math.exp(logChoose + logHalf);
            logChoose += Math.log((double) (changed - k) / (k + 1));
        }
        return Math.min(1, 2 * tail);
    }
}
