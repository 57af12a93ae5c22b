package io.surstream.schedulers;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The forward process x_t = √ᾱ_t·x0 + √(1−ᾱ_t)·ε over T training timesteps: the betas and their running products
 * ᾱ_t = Π(1−β), as fp32 tables in the same order of operations as diffusers. Immutable; the arrays must not be changed.
 *
 * @param betas [T]
 * @param alphasCumprod [T]
 */
public record NoiseSchedule(float[] betas, float[] alphasCumprod) {
    private static final List<String> COMMON = List.of("linear", "scaled_linear", "squaredcos_cap_v2");
    private static final List<String> DDPM =
            List.of("linear", "scaled_linear", "squaredcos_cap_v2", "laplace", "sigmoid");

    /** The schedule of a DDIM, DDPM, PNDM or LCM config: what {@code add_noise} and training use. */
    public static NoiseSchedule of(SchedulerConfig config) {
        boolean lcm = config.className().equals("LCMScheduler");
        String name = lcm
                ? config.choice("beta_schedule", "scaled_linear", COMMON)
                : config.choice("beta_schedule", "linear", config.className().equals("DDPMScheduler") ? DDPM : COMMON);
        double start = config.number("beta_start", lcm ? 0.00085 : 0.0001);
        double end = config.number("beta_end", lcm ? 0.012 : 0.02);
        int trainSteps = config.integer("num_train_timesteps", 1000, 1, 1_000_000);
        Optional<double[]> trained = config.numbers("trained_betas");
        float[] betas = trained.map(NoiseSchedule::toFloats).orElseGet(() -> betas(name, start, end, trainSteps));
        if (betas.length != trainSteps) {
            throw config.refused("trained_betas", betas.length + " values", "num_train_timesteps values");
        }
        if (!config.className().equals("PNDMScheduler") && config.flag("rescale_betas_zero_snr", false)) {
            betas = rescaleZeroTerminalSnr(betas);
        }
        return new NoiseSchedule(betas, cumprod(betas));
    }

    /** As {@link #of}, for schedulers that think in sigmas: a terminal ᾱ of zero becomes 2⁻²⁴ so that sigma is finite. */
    static NoiseSchedule withFiniteSigmas(SchedulerConfig config) {
        NoiseSchedule schedule = of(config);
        if (config.flag("rescale_betas_zero_snr", false)) {
            schedule.alphasCumprod[schedule.trainSteps() - 1] = (float) Math.pow(2, -24);
        }
        return schedule;
    }

    /** T. */
    public int trainSteps() {
        return betas.length;
    }

    /** √((1−ᾱ)/ᾱ) for each training timestep, fp32. */
    float[] sigmas() {
        float[] sigmas = new float[trainSteps()];
        for (int t = 0; t < sigmas.length; t++) {
            sigmas[t] = (float) Math.sqrt((1f - alphasCumprod[t]) / alphasCumprod[t]);
        }
        return sigmas;
    }

    /** √ᾱ_t·x0 + √(1−ᾱ_t)·noise. */
    public float[] addNoise(float[] x0, float[] noise, int timestep) {
        double alphaBar = alphaBar(timestep);
        return Vectors.sum(Math.sqrt(alphaBar), x0, Math.sqrt(1 - alphaBar), noise);
    }

    /** The target of v-prediction: √ᾱ_t·noise − √(1−ᾱ_t)·x0. */
    public float[] velocity(float[] x0, float[] noise, int timestep) {
        double alphaBar = alphaBar(timestep);
        return Vectors.sum(Math.sqrt(alphaBar), noise, -Math.sqrt(1 - alphaBar), x0);
    }

    /** Signal over noise, ᾱ_t/(1−ᾱ_t). */
    public double snr(int timestep) {
        double alphaBar = alphaBar(timestep);
        return alphaBar / (1 - alphaBar);
    }

    /**
     * Weight of a training loss: min(SNR, γ) over SNR for ε-prediction, over SNR + 1 for v-prediction (Hang et al., "Efficient
     * diffusion training via min-SNR weighting strategy").
     *
     * @param velocity whether the model predicts v
     */
    public double minSnrWeight(int timestep, double gamma, boolean velocity) {
        double snr = snr(timestep);
        return Math.min(snr, gamma) / (velocity ? snr + 1 : snr);
    }

    /** ε cannot say anything about x0 where no signal is left: infinities, which only a limit on x0 makes finite again. */
    void refuseEpsilonAtZeroSnr(SchedulerConfig config, PredictionType prediction, X0Limit limit, int firstTimestep) {
        if (prediction == PredictionType.EPSILON && !limit.limits() && alphaBar(firstTimestep) == 0) {
            throw config.refused(
                    "prediction_type",
                    "epsilon",
                    "v_prediction or sample when rescale_betas_zero_snr starts at zero SNR");
        }
    }

    double alphaBar(int timestep) {
        if (timestep < 0 || timestep >= trainSteps()) {
            throw new SchedulerConfigException("timestep must be 0.." + (trainSteps() - 1) + " but is " + timestep);
        }
        return alphasCumprod[timestep];
    }

    private static float[] betas(String name, double start, double end, int steps) {
        return switch (name) {
            case "linear" -> linspace((float) start, (float) end, steps);
            case "scaled_linear" -> {
                float[] roots = linspace((float) Math.sqrt(start), (float) Math.sqrt(end), steps);
                for (int i = 0; i < steps; i++) {
                    roots[i] *= roots[i];
                }
                yield roots;
            }
            case "squaredcos_cap_v2" -> fromAlphaBar(steps, NoiseSchedule::cosine);
            case "laplace" -> fromAlphaBar(steps, NoiseSchedule::laplace);
            default -> {
                float[] sigmoid = linspace(-6, 6, steps);
                for (int i = 0; i < steps; i++) {
                    sigmoid[i] = (float) (1 / (1 + Math.exp(-sigmoid[i]))) * (float) (end - start) + (float) start;
                }
                yield sigmoid;
            }
        };
    }

    /** torch.linspace in fp32: counted from both ends towards the middle. */
    private static float[] linspace(float start, float end, int steps) {
        float[] values = new float[steps];
        float step = steps == 1 ? 0 : (end - start) / (steps - 1);
        for (int i = 0; i < steps; i++) {
            values[i] = i < steps / 2 ? start + step * i : end - step * (steps - i - 1);
        }
        if (steps == 1) {
            values[0] = start;
        }
        return values;
    }

    // Nichol and Dhariwal, "Improved denoising diffusion probabilistic models"
    private static double cosine(double t) {
        return Math.pow(Math.cos((t + 0.008) / 1.008 * Math.PI / 2), 2);
    }

    private static double laplace(double t) {
        double lambda = -0.5 * Math.copySign(1, 0.5 - t) * Math.log(1 - 2 * Math.abs(0.5 - t) + 1e-6);
        double snr = Math.exp(lambda);
        return Math.sqrt(snr / (1 + snr));
    }

    private static float[] fromAlphaBar(int steps, DoubleUnaryOperator alphaBar) {
        float[] betas = new float[steps];
        for (int i = 0; i < steps; i++) {
            double ratio =
                    alphaBar.applyAsDouble((i + 1) / (double) steps) / alphaBar.applyAsDouble(i / (double) steps);
            betas[i] = (float) Math.min(1 - ratio, 0.999);
        }
        return betas;
    }

    // torch accumulates a cumprod on the CPU in double and rounds each entry
    private static float[] cumprod(float[] betas) {
        float[] products = new float[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            product *= 1f - betas[i];
            products[i] = (float) product;
        }
        return products;
    }

    // Lin et al., "Common diffusion noise schedules and sample steps are flawed", algorithm 1
    private static float[] rescaleZeroTerminalSnr(float[] betas) {
        float[] root = cumprod(betas);
        for (int i = 0; i < root.length; i++) {
            root[i] = (float) Math.sqrt(root[i]);
        }
        float first = root[0];
        float last = root[root.length - 1];
        float scale = first / (first - last);
        float[] rescaled = new float[betas.length];
        float before = 1;
        for (int i = 0; i < root.length; i++) {
            float shifted = (root[i] - last) * scale;
            float alphaBar = shifted * shifted;
            rescaled[i] = 1f - (i == 0 ? alphaBar : alphaBar / before);
            before = alphaBar;
        }
        return rescaled;
    }

    private static float[] toFloats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
