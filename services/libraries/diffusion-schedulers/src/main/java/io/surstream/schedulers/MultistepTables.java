package io.surstream.schedulers;

import io.surstream.schedulers.SigmaSchedule.Spread;

/** Timesteps [n] and noise levels [n + 1] of the multistep solvers. */
record MultistepTables(float[] timesteps, float[] sigmas) {

    static MultistepTables forDpmSolver(SchedulerConfig config, int steps) {
        NoiseSchedule schedule = NoiseSchedule.withFiniteSigmas(config);
        int last = schedule.trainSteps() - clipped(config, schedule);
        SigmaSchedule sigmas = new SigmaSchedule(config, schedule);
        boolean cosine = config.text("beta_schedule", "linear").equals("squaredcos_cap_v2");
        Spread spread = SigmaSchedule.spread(config, true);
        boolean rounded = !cosine && (spread == Spread.KARRAS || spread == Spread.LU);
        return of(config, steps, schedule, sigmas, last, spread, rounded, false);
    }

    static MultistepTables forUniPc(SchedulerConfig config, int steps) {
        NoiseSchedule schedule = NoiseSchedule.withFiniteSigmas(config);
        SigmaSchedule sigmas = new SigmaSchedule(config, schedule);
        Spread spread = SigmaSchedule.spread(config, false);
        return of(config, steps, schedule, sigmas, schedule.trainSteps(), spread, spread == Spread.KARRAS, true);
    }

    private static MultistepTables of(
            SchedulerConfig config,
            int steps,
            NoiseSchedule schedule,
            SigmaSchedule sigmas,
            int last,
            Spread spread,
            boolean rounded,
            boolean repeatsLast) {
        double[] timesteps = Timesteps.withoutEnd(config, steps, schedule.trainSteps(), last);
        double[] levels = new double[timesteps.length];
        if (spread == Spread.TIMESTEPS) {
            for (int i = 0; i < levels.length; i++) {
                levels[i] = sigmas.at(timesteps[i]);
            }
        } else {
            levels = sigmas.levels(spread, sigmas.max(), sigmas.min(), steps);
            timesteps = new double[steps];
            for (int i = 0; i < steps; i++) {
                double t = sigmas.timestepOf(levels[i]);
                timesteps[i] = rounded ? Math.rint(t) : t;
            }
        }
        float[] whole = new float[timesteps.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (long) timesteps[i]; // the model is asked at whole timesteps
        }
        // UniPC repeats the last of spread levels; a DPM-Solver always ends at the smallest of the training levels
        double smallest = repeatsLast && spread != Spread.TIMESTEPS ? levels[levels.length - 1] : sigmas.min();
        float[] closed = SigmaSchedule.closed(levels, SigmaSchedule.endsAtZero(config) ? 0 : smallest);
        refuseRepeatedLevels(config, closed, steps);
        return new MultistepTables(whole, closed);
    }

    /** Differences between outputs at one and the same level would divide by zero. */
    private static void refuseRepeatedLevels(SchedulerConfig config, float[] sigmas, int steps) {
        for (int i = 0; i + 2 < sigmas.length; i++) {
            if (sigmas[i] == sigmas[i + 1]) {
                throw config.refused(
                        "num_inference_steps", steps, "small enough to give distinct noise levels; use fewer steps");
            }
        }
    }

    /** How many of the last training timesteps {@code lambda_min_clipped} cuts off. */
    private static int clipped(SchedulerConfig config, NoiseSchedule schedule) {
        double min = config.number("lambda_min_clipped", Double.NEGATIVE_INFINITY);
        int count = 0;
        for (int t = schedule.trainSteps() - 1; t >= 0; t--) {
            float alphaBar = schedule.alphasCumprod()[t];
            double lambda = Math.log((float) Math.sqrt(alphaBar)) - Math.log((float) Math.sqrt(1f - alphaBar));
            if (lambda >= min) {
                return count;
            }
            count++;
        }
        throw config.refused("lambda_min_clipped", min, "below the largest log signal-to-noise ratio of the schedule");
    }
}
