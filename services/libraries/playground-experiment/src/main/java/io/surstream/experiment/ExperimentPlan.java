package io.surstream.experiment;

/**
 * How large the experiment is.
 *
 * @param examples triples that adapters are trained on
 * @param images drawn for each row
 * @param batch images drawn together
 * @param seed of examples and images
 * @param maxTrainSteps shortens every training; 0 takes what the row says
 */
public record ExperimentPlan(int examples, int images, int batch, long seed, int maxTrainSteps) {
    public ExperimentPlan {
        require("examples", examples, 16);
        require("images", images, 2);
        require("batch", batch, 1);
        require("max-train-steps", maxTrainSteps, 0);
    }

    /** 20,000 examples, 600 images a row, drawn 16 at a time. */
    public static ExperimentPlan standard() {
        return new ExperimentPlan(20_000, 600, 16, 1, 0);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + " but is " + value);
        }
    }
}
