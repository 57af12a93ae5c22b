package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

import java.util.List;

/**
 * Lu et al., "DPM-Solver" and "DPM-Solver++": multistep solver of order 1 to 3 in λ = log(α/σ), deterministic or
 * stochastic.
 */
final class DpmSolverMultistepScheduler extends TrajectoryScheduler {
    private static final int FEW_STEPS = 15;
    private static final List<String> SOLVER_TYPES = List.of("midpoint", "heun", "logrho", "bh1", "bh2");

    private final PredictionType prediction;
    private final X0Limit limit;
    private final DpmAlgorithm algorithm;
    private final boolean heun;
    private final boolean lowerOrderFinal;
    private final boolean firstOrderFinal;
    private final float[][] outputs; // converted outputs of the last steps, newest first
    private int known;

    static DpmSolverMultistepScheduler of(SchedulerConfig config, int steps) {
        MultistepTables tables = MultistepTables.forDpmSolver(config, steps);
        return new DpmSolverMultistepScheduler(config, tables);
    }

    private DpmSolverMultistepScheduler(SchedulerConfig config, MultistepTables tables) {
        super(tables.timesteps(), tables.sigmas());
        this.prediction = PredictionType.of(config, EPSILON, SAMPLE, V_PREDICTION);
        this.limit = X0Limit.thresholdOnly(config);
        this.algorithm = DpmAlgorithm.of(config);
        this.heun = config.choice("solver_type", "midpoint", SOLVER_TYPES).equals("heun");
        this.lowerOrderFinal = config.flag("lower_order_final", true) && steps() < FEW_STEPS;
        this.firstOrderFinal =
                lowerOrderFinal || config.flag("euler_at_final", false) || SigmaSchedule.endsAtZero(config);
        this.outputs = new float[config.integer("solver_order", 2, 1, 3)][];
        if (outputs.length == 3 && algorithm == DpmAlgorithm.SDE_NOISE) {
            throw config.refused("solver_order", 3, "1 or 2 for algorithm_type sde-dpmsolver");
        }
        if (!algorithm.predictsData() && SigmaSchedule.endsAtZero(config)) {
            throw config.refused(
                    "final_sigmas_type", "zero", "sigma_min for algorithm_type dpmsolver and sde-dpmsolver");
        }
        String variance = config.text("variance_type", "none");
        if (variance.startsWith("learned")) {
            throw config.refused("variance_type", variance, "absent: learned variances are not supported");
        }
    }

    @Override
    public boolean drawsNoise(int stepIndex) {
        return algorithm.stochastic();
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        Level now = Level.of(sigma(i));
        float[] x0 = limit.apply(prediction.x0(now.alpha(), now.sigma(), modelOutput, sample));
        System.arraycopy(outputs, 0, outputs, 1, outputs.length - 1);
        outputs[0] = algorithm.predictsData() ? x0 : epsilon(now, modelOutput, sample, x0);
        Level next = Level.of(sigma(i + 1));
        DpmAlgorithm.Weights weights = algorithm.weights(now, next);
        float[] result =
                switch (order(i)) {
                    case 1 -> weights.first(sample, outputs[0], noise);
                    case 2 -> weights.second(sample, outputs, ratio(i, 1), noise, heun);
                    default -> weights.third(sample, outputs, ratio(i, 1), ratio(i, 2), noise);
                };
        known = Math.min(known + 1, outputs.length);
        return new Step(result, x0);
    }

    private float[] epsilon(Level now, float[] modelOutput, float[] sample, float[] x0) {
        return limit.threshold()
                ? SAMPLE.epsilon(now.alpha(), now.sigma(), x0, sample)
                : prediction.epsilon(now.alpha(), now.sigma(), modelOutput, sample);
    }

    private int order(int i) {
        int order = Math.min(outputs.length, known + 1);
        if (i == steps() - 1 && firstOrderFinal) {
            return 1;
        }
        return i == steps() - 2 && lowerOrderFinal ? Math.min(order, 2) : order;
    }

    /** The λ-width of the k-th step before this one, over the width of this step. */
    private double ratio(int i, int k) {
        double width = Level.of(sigma(i + 1)).lambda() - Level.of(sigma(i)).lambda();
        return (Level.of(sigma(i - k + 1)).lambda() - Level.of(sigma(i - k)).lambda()) / width;
    }
}
