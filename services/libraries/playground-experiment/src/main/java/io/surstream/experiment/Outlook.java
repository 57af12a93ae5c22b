package io.surstream.experiment;

import io.surstream.training.settings.TrainingSettings;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How long the rows that are still to come will take, by what this process took for the last one: a training by the
 * examples that it reads, a row's images as one. Owned by one thread.
 */
final class Outlook {
    private final Function<ExperimentRow, TrainingSettings> settings;
    private OptionalDouble secondsPerExample = OptionalDouble.empty();
    private OptionalDouble secondsPerRow = OptionalDouble.empty();

    /** @param settings of the rows that train */
    Outlook(Function<ExperimentRow, TrainingSettings> settings) {
        this.settings = settings;
    }

    void trained(ExperimentRow row, double seconds) {
        secondsPerExample = OptionalDouble.of(seconds / examples(row));
    }

    void drawn(double seconds) {
        secondsPerRow = OptionalDouble.of(seconds);
    }

    /** A line for people. */
    String before(List<ExperimentRow> toCome) {
        String row = "row " + toCome.get(0).name() + ", " + (toCome.size() - 1) + " after it";
        OptionalDouble seconds = seconds(toCome);
        return seconds.isEmpty()
                ? row
                : String.format(Locale.ROOT, "%s: about %.0f min for all", row, seconds.getAsDouble() / 60);
    }

    /** Empty until each kind of work that is to come was done once. */
    OptionalDouble seconds(List<ExperimentRow> toCome) {
        double examples = toCome.stream().mapToDouble(this::examples).sum();
        if (secondsPerRow.isEmpty() || examples > 0 && secondsPerExample.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(toCome.size() * secondsPerRow.getAsDouble() + examples * secondsPerExample.orElse(0));
    }

    private double examples(ExperimentRow row) {
        if (row.settings().isEmpty()) {
            return 0;
        }
        TrainingSettings asked = settings.apply(row);
        return (double) asked.maxTrainSteps() * asked.trainBatchSize() * asked.gradientAccumulationSteps();
    }
}
