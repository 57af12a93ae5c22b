package io.surstream.evaluator.promote;

import io.surstream.contract.ServiceName;
import io.surstream.contract.training.Promotions;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointEvaluated.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What this service promotes by itself. Pure.
 *
 * @param canaryTime how long an adapter stays in canary before it goes live
 */
public record PromotionPolicy(PromotionMode mode, Duration canaryTime) {
    /** How this service signs. */
    public static final String NAME = ServiceName.EVALUATOR.label();

    /**
     * Whether an evaluated checkpoint goes into canary: it is better than no adapter and better than what is live, and live is
     * still what it was compared with.
     *
     * @param served what is live now
     * @param channels the last promotion of each channel
     */
    public boolean tries(CheckpointEvaluated evaluated, String served, Map<String, AdapterPromoted> channels) {
        String revision = evaluated.getCheckpoint().getRevision();
        return mode != PromotionMode.OFF
                && evaluated.getReport().getVerdict() == Verdict.BETTER
                && evaluated.getReport().getServedVerdict() == Verdict.BETTER
                && evaluated.getReport().getServedRevision().equals(served)
                && !revision.equals(served)
                && !revision.equals(Promotions.revision(canary(channels), Promotions.CANARY));
    }

    /**
     * Whether what is in canary goes live: this service put it there, long enough ago, and nobody changed live since. A person
     * who promotes or rolls back thus stops it.
     */
    public boolean graduates(Map<String, AdapterPromoted> channels, long nowMs) {
        Optional<AdapterPromoted> live = Optional.ofNullable(channels.get(Promotions.LIVE));
        return mode == PromotionMode.LIVE
                && canary(channels)
                        .filter(canary -> canary.getPromotedBy().equals(NAME) && canary.hasAdapter())
                        .filter(canary -> nowMs - canary.getPromotedAtMs() >= canaryTime.toMillis())
                        .filter(canary -> live.isEmpty() || live.get().getPromotedAtMs() <= canary.getPromotedAtMs())
                        .isPresent();
    }

    private static Optional<AdapterPromoted> canary(Map<String, AdapterPromoted> channels) {
        return Optional.ofNullable(channels.get(Promotions.CANARY));
    }
}
