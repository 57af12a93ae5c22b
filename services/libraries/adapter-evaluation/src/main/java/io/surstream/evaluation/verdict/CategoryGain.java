package io.surstream.evaluation.verdict;

import io.surstream.evaluation.statistics.PairedShares;

/** One category of meaning: the paired answers without and with the adapter. */
public record CategoryGain(String category, PairedShares answers) {
    /** The whole 95 % interval of the gain lies above 0. */
    public boolean rises() {
        return answers.gainInterval().lower() > 0;
    }

    /** The whole 95 % interval of the gain is below −tolerance. */
    public boolean falls(double tolerance) {
        return answers.gainInterval().upper() < -tolerance;
    }
}
