package io.surstream.schedulers;

import java.util.List;

/**
 * Noise levels between a model's largest and smallest sigma, and the training timestep that belongs to a level.
 * Conversions follow k-diffusion (Karras et al., "Elucidating the design space of diffusion-based generative models",
 * formula 5, ρ = 7) and Lu et al., "DPM-Solver" (uniform in log-SNR).
 */
final class SigmaSchedule {
    private static final double RHO = 7;
    private static final List<String> FINAL_SIGMAS = List.of("zero", "sigma_min");

    private final SchedulerConfig config;
    private final float[] sigmas; // per training timestep, ascending
    private final float[] logSigmas;

    SigmaSchedule(SchedulerConfig config, NoiseSchedule schedule) {
        this.config = config;
        this.sigmas = schedule.sigmas();
        this.logSigmas = new float[sigmas.length];
        for (int t = 0; t < sigmas.length; t++) {
            logSigmas[t] = (float) Math.log(sigmas[t]);
        }
        // flow matching is not a diffusion process of these models
        for (String feature : List.of("use_flow_sigmas", "use_dynamic_shifting", "shift_terminal")) {
            config.refuseIfSet(feature);
        }
    }

    /** How the levels are spread, by the {@code use_…} switches; at most one may be set. */
    enum Spread {
        TIMESTEPS,
        KARRAS,
        EXPONENTIAL,
        BETA,
        LU
    }

    static Spread spread(SchedulerConfig config, boolean knowsLu) {
        boolean karras = config.flag("use_karras_sigmas", false);
        boolean exponential = config.flag("use_exponential_sigmas", false);
        boolean beta = config.flag("use_beta_sigmas", false);
        if ((karras ? 1 : 0) + (exponential ? 1 : 0) + (beta ? 1 : 0) > 1) {
            throw config.refused(
                    "use_karras_sigmas, use_exponential_sigmas, use_beta_sigmas",
                    "more than one",
                    "true for one at most");
        }
        if (karras) {
            return Spread.KARRAS;
        }
        if (knowsLu && config.flag("use_lu_lambdas", false)) {
            return Spread.LU;
        }
        if (exponential) {
            return Spread.EXPONENTIAL;
        }
        return beta ? Spread.BETA : Spread.TIMESTEPS;
    }

    /** {@code steps} levels from {@code max} down to {@code min}; a config's own sigma_max and sigma_min go first. */
    double[] levels(Spread spread, double max, double min, int steps) {
        double high = config.number("sigma_max", max);
        double low = config.number("sigma_min", min);
        return switch (spread) {
            case KARRAS -> karras(high, low, steps);
            case EXPONENTIAL -> exponentials(Timesteps.linspace(Math.log(high), Math.log(low), steps));
            // over the model's whole range, whatever its config says
            case LU -> exponentials(ramped(logSigmas[logSigmas.length - 1], logSigmas[0], steps));
            case BETA -> beta(high, low, steps);
            case TIMESTEPS -> throw new IllegalArgumentException("levels by timesteps are interpolated");
        };
    }

    private static double[] karras(double high, double low, int steps) {
        double[] levels = ramped(Math.pow(high, 1 / RHO), Math.pow(low, 1 / RHO), steps);
        for (int i = 0; i < steps; i++) {
            levels[i] = Math.pow(levels[i], RHO);
        }
        return levels;
    }

    private static double[] beta(double high, double low, int steps) {
        double[] levels = Timesteps.linspace(0, 1, steps);
        for (int i = 0; i < steps; i++) {
            levels[i] = low + BetaDistribution.quantile(1 - levels[i], 0.6, 0.6) * (high - low);
        }
        return levels;
    }

    /** From high to low by an even ramp: in the last bits not the same as linspace, which follows the reference. */
    private static double[] ramped(double high, double low, int steps) {
        double[] levels = Timesteps.linspace(0, 1, steps);
        for (int i = 0; i < steps; i++) {
            levels[i] = high + levels[i] * (low - high);
        }
        return levels;
    }

    private static double[] exponentials(double[] logs) {
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.exp(logs[i]);
        }
        return logs;
    }

    /** Sigma at a timestep that may lie between two training timesteps; outside the table its ends hold. */
    double at(double timestep) {
        if (timestep <= 0) {
            return sigmas[0];
        }
        if (timestep >= sigmas.length - 1) {
            return sigmas[sigmas.length - 1];
        }
        int below = (int) timestep;
        return sigmas[below] + (timestep - below) * ((double) sigmas[below + 1] - sigmas[below]);
    }

    /** The timestep of a level, interpolated in log sigma. */
    double timestepOf(double sigma) {
        double logSigma = Math.log(Math.max(sigma, 1e-10));
        int low = 0;
        for (int t = 0; t < logSigmas.length; t++) {
            if (logSigma - logSigmas[t] >= 0) {
                low = t;
            }
        }
        low = Math.max(0, Math.min(low, logSigmas.length - 2));
        double w = (logSigmas[low] - logSigma) / (logSigmas[low] - logSigmas[low + 1]);
        w = Math.max(0, Math.min(1, w));
        return (1 - w) * low + w * (low + 1);
    }

    float max() {
        return sigmas[sigmas.length - 1];
    }

    float min() {
        return sigmas[0];
    }

    static boolean endsAtZero(SchedulerConfig config) {
        return config.choice("final_sigmas_type", "zero", FINAL_SIGMAS).equals("zero");
    }

    /** The levels with the one after the last step, in fp32 as the rules use them. */
    static float[] closed(double[] levels, double last) {
        float[] result = new float[levels.length + 1];
        for (int i = 0; i < levels.length; i++) {
            result[i] = (float) levels[i];
        }
        result[levels.length] = (float) last;
        return result;
    }
}
