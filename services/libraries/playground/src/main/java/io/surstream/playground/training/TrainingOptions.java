package io.surstream.playground.training;

import java.time.Duration;
import java.util.List;

/**
 * How a training runs, as opposed to what it learns.
 *
 * @param chooseThreads measure which thread count is fastest; false keeps the process's own
 * @param saveEvery how much work an interruption may cost
 * @param stages the stages to run, of {@link PlaygroundTraining#stages()}; the ones before them must be done
 */
public record TrainingOptions(boolean chooseThreads, Duration saveEvery, List<String> stages) {

    public TrainingOptions {
        stages = List.copyOf(stages);
        for (String stage : stages) {
            if (!PlaygroundTraining.stages().contains(stage)) {
                throw new IllegalArgumentException(
                        "unknown training stage '" + stage + "'; there are " + PlaygroundTraining.stages());
            }
        }
    }

    /** All stages, with measured thread counts, saved every three minutes. */
    public static TrainingOptions defaults() {
        return new TrainingOptions(true, Duration.ofMinutes(3), PlaygroundTraining.stages());
    }
}
