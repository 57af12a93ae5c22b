package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

import java.util.Arrays;
import java.util.List;

/** Zhao et al., "UniPC: a unified predictor-corrector framework": each new model output also corrects the last step. */
final class UniPcMultistepScheduler extends TrajectoryScheduler {
    private static final List<String> SOLVER_TYPES = List.of("bh1", "bh2", "midpoint", "heun", "logrho");
    private static final int MAX_ORDER = 10;

    private final PredictionType prediction;
    private final X0Limit limit;
    private final boolean predictsData;
    private final boolean bh1;
    private final boolean lowerOrderFinal;
    private final double[] uncorrected;
    private final float[][] outputs; // converted outputs of the last steps, newest first
    private int known;
    private int lastOrder;
    private float[] lastSample;

    static UniPcMultistepScheduler of(SchedulerConfig config, int steps) {
        return new UniPcMultistepScheduler(config, MultistepTables.forUniPc(config, steps));
    }

    private UniPcMultistepScheduler(SchedulerConfig config, MultistepTables tables) {
        super(tables.timesteps(), tables.sigmas());
        this.prediction = PredictionType.of(config, EPSILON, SAMPLE, V_PREDICTION);
        this.limit = X0Limit.thresholdOnly(config);
        this.predictsData = config.flag("predict_x0", true);
        this.bh1 = config.choice("solver_type", "bh2", SOLVER_TYPES).equals("bh1");
        this.lowerOrderFinal = config.flag("lower_order_final", true);
        this.uncorrected = config.numbers("disable_corrector").orElse(new double[0]);
        this.outputs = new float[config.integer("solver_order", 2, 1, MAX_ORDER)][];
        config.refuseIfSet("solver_p");
        boolean endsAtZero = SigmaSchedule.endsAtZero(config);
        if (endsAtZero && !predictsData) {
            throw config.refused("final_sigmas_type", "zero", "sigma_min when predict_x0 is false");
        }
        if (endsAtZero && !lowerOrderFinal && outputs.length > 1) {
            throw config.refused("lower_order_final", false, "true when final_sigmas_type is zero");
        }
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        Level now = Level.of(sigma(i));
        float[] x0 = limit.apply(prediction.x0(now.alpha(), now.sigma(), modelOutput, sample));
        float[] output = predictsData ? x0 : prediction.epsilon(now.alpha(), now.sigma(), modelOutput, sample);
        boolean corrects = i > 0 && Arrays.stream(uncorrected).noneMatch(step -> step == i - 1);
        float[] corrected = corrects ? correct(output, i) : sample;
        System.arraycopy(outputs, 0, outputs, 1, outputs.length - 1);
        outputs[0] = output;
        int order = lowerOrderFinal ? Math.min(outputs.length, steps() - i) : outputs.length;
        lastOrder = Math.min(order, known + 1);
        lastSample = corrected;
        known = Math.min(known + 1, outputs.length);
        return new Step(predict(i), x0);
    }

    /** UniP: from level i to i + 1 with the outputs known at i. */
    private float[] predict(int i) {
        UniPcWeights weights = weights(i);
        double[] rhos = lastOrder == 2 ? new double[] {0.5} : weights.predictor();
        return combine(weights, rhos, null);
    }

    /** UniC: the step from level i - 1 to i once more, now with the output at i. */
    private float[] correct(float[] output, int i) {
        UniPcWeights weights = weights(i - 1);
        double[] rhos = lastOrder == 1 ? new double[] {0.5} : weights.corrector();
        return combine(weights, rhos, output);
    }

    private UniPcWeights weights(int from) {
        double[] sigmas = new double[lastOrder + 1];
        for (int k = 0; k < sigmas.length; k++) {
            sigmas[k] = sigma(from + 1 - k);
        }
        return UniPcWeights.of(sigmas, predictsData, bh1);
    }

    /** x = sampleWeight·x + outputWeight·m0 + residualWeight·Σ rho_k·(m_k − m0)/r_k, the newest output having r = 1. */
    private float[] combine(UniPcWeights weights, double[] rhos, float[] newest) {
        int differences = lastOrder - 1;
        int extra = newest == null ? 0 : 1;
        float[][] terms = new float[2 + differences + extra][];
        double[] factors = new double[terms.length];
        terms[0] = lastSample;
        factors[0] = weights.sample();
        terms[1] = outputs[0];
        factors[1] = weights.output();
        for (int k = 0; k < differences + extra; k++) {
            boolean isNewest = k == differences;
            terms[2 + k] = isNewest ? newest : outputs[k + 1];
            factors[2 + k] = weights.residual() * rhos[k] / (isNewest ? 1 : weights.ratios()[k]);
            factors[1] -= factors[2 + k];
        }
        return Vectors.sum(factors, terms);
    }
}
