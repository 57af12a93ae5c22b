package io.surstream.training.checkpoint;

import java.util.Map;
import java.util.Optional;

/**
 * How far a run is. All randomness follows from the seed and the global step, so that there is no generator to keep.
 *
 * @param globalStep steps so far, those that changed nothing included
 * @param updates steps that changed the parameters
 * @param overflows steps that changed the loss scale instead
 * @param lossScale of the next step; absent where the number format needs none
 */
public record RunProgress(int globalStep, int updates, int overflows, Optional<LossScale> lossScale) {
    public static RunProgress start(Optional<LossScale> lossScale) {
        return new RunProgress(0, 0, 0, lossScale);
    }

    public RunProgress updated() {
        return new RunProgress(globalStep + 1, updates + 1, overflows, lossScale.map(LossScale::updated));
    }

    /** The gradients were not finite: the loss scale's doing, as long as it can fall. */
    public RunProgress overflowed() {
        return lossScale.filter(LossScale::canFall).isEmpty()
                ? skipped()
                : new RunProgress(globalStep + 1, updates, overflows + 1, lossScale.map(LossScale::overflowed));
    }

    /** A loss was not finite, or the gradients were not at any scale. */
    public RunProgress skipped() {
        return new RunProgress(globalStep + 1, updates, overflows, lossScale);
    }

    /** How many were {@link #skipped}. */
    public int skippedSteps() {
        return globalStep - updates - overflows;
    }

    void write(Map<String, String> run) {
        run.put("global_step", Integer.toString(globalStep));
        run.put("updates", Integer.toString(updates));
        lossScale.ifPresent(scale -> {
            run.put("overflows", Integer.toString(overflows));
            run.put("loss_scale", Double.toString(scale.factor()));
            run.put("loss_scale_updates", Integer.toString(scale.updates()));
        });
    }

    static RunProgress read(Map<String, String> run) {
        Optional<LossScale> scale = Optional.ofNullable(run.get("loss_scale"))
                .map(factor ->
                        new LossScale(Double.parseDouble(factor), Integer.parseInt(run.get("loss_scale_updates"))));
        return new RunProgress(
                Integer.parseInt(run.get("global_step")),
                Integer.parseInt(run.get("updates")),
                Integer.parseInt(run.getOrDefault("overflows", "0")),
                scale);
    }
}
