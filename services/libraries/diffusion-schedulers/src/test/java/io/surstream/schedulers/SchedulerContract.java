package io.surstream.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every scheduler promises; subclasses say which one by its short name. */
abstract class SchedulerContract {
    private static final String STABLE_DIFFUSION = """
            {"_class_name": "PNDMScheduler", "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
             "num_train_timesteps": 1000, "set_alpha_to_one": false, "skip_prk_steps": true, "steps_offset": 1,
             "clip_sample": false, "trained_betas": null}
            """;
    private static final int SIZE = 64;

    abstract String name();

    /** The largest step count that the scheduler takes for a Stable Diffusion config. */
    int mostSteps() {
        return 999;
    }

    SchedulerConfig config() {
        return SchedulerNames.create(name(), SchedulerConfig.parse(STABLE_DIFFUSION));
    }

    @Test
    void aPerfectModelIsFollowedToTheCleanSample() {
        float[] clean = new TorchGenerator(5).randn(SIZE);
        Scheduler scheduler = Schedulers.create(config(), Math.min(20, mostSteps()));
        float[] sample = Vectors.scaled(scheduler.initNoiseSigma(), new TorchGenerator(1).randn(SIZE));
        TorchGenerator noise = new TorchGenerator(2);
        float[] x0 = null;
        for (int i = 0; i < scheduler.timesteps().length; i++) {
            // the noise that would explain the sample, given the clean image
            NoiseSchedule schedule = NoiseSchedule.of(config());
            double alphaBar = alphaBar(schedule, scheduler.timesteps()[i]);
            float[] output = Vectors.sum(
                    1 / Math.sqrt(1 - alphaBar),
                    scheduler.scaleModelInput(sample, i),
                    -Math.sqrt(alphaBar / (1 - alphaBar)),
                    clean);
            Scheduler.Step step = scheduler.step(output, i, sample, noise.randn(SIZE));
            x0 = step.predX0();
            sample = step.sample();
        }
        assertArrayEquals(clean, x0, 0.05f);
        assertArrayEquals(
                clean, sample, 0.15f, "the last sample keeps at most the noise of the first training timestep");
    }

    private static double alphaBar(NoiseSchedule schedule, float timestep) {
        int below = Math.min((int) timestep, schedule.trainSteps() - 2);
        double a = schedule.alphaBar(below);
        double b = schedule.alphaBar(below + 1);
        double sigma = Math.sqrt((1 - a) / a) + (timestep - below) * (Math.sqrt((1 - b) / b) - Math.sqrt((1 - a) / a));
        return 1 / (sigma * sigma + 1);
    }

    @Test
    void theSameInputsGiveTheSameTrajectory() {
        assertArrayEquals(run(7, 3), run(7, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 14, 15, 16, 50, 333, 999})
    void anyStepCountStaysFinite(int steps) {
        for (float value : run(Math.min(steps, mostSteps()), 1)) {
            assertTrue(Float.isFinite(value), steps + " steps gave " + value);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, 1_000_000_000})
    void aStepCountOutsideTheTrainingRangeIsRefusedByName(int steps) {
        Exception refusal = assertThrows(SchedulerConfigException.class, () -> Schedulers.create(config(), steps));

        assertTrue(refusal.getMessage().contains("num_inference_steps"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(Integer.toString(steps)), refusal.getMessage());
    }

    @Test
    void timestepsFallAndStayInTheTrainingRange() {
        float[] timesteps =
                Schedulers.create(config(), Math.min(30, mostSteps())).timesteps();

        for (int i = 0; i < timesteps.length; i++) {
            assertTrue(timesteps[i] >= 0 && timesteps[i] <= 999, "timestep " + timesteps[i]);
            assertTrue(i == 0 || timesteps[i] <= timesteps[i - 1], "timesteps rise at " + i);
        }
    }

    @Test
    void stepsOutOfOrderAreRefused() {
        Scheduler scheduler = Schedulers.create(config(), 4);
        float[] x = new float[SIZE];

        assertThrows(IllegalStateException.class, () -> scheduler.step(x, 1, x, x));
    }

    @Test
    void aSampleIsNeverChangedInPlace() {
        Scheduler scheduler = Schedulers.create(config(), 4);
        float[] sample = new TorchGenerator(1).randn(SIZE);
        float[] output = new TorchGenerator(2).randn(SIZE);
        float[] noise = new TorchGenerator(3).randn(SIZE);

        for (int i = 0; i < scheduler.timesteps().length; i++) {
            scheduler.scaleModelInput(sample, i);
            scheduler.step(output, i, sample, noise);
        }

        assertArrayEquals(new TorchGenerator(1).randn(SIZE), sample);
        assertArrayEquals(new TorchGenerator(2).randn(SIZE), output);
    }

    @Test
    void anUnknownPredictionTypeIsRefusedByName() {
        SchedulerConfig config = config().with("prediction_type", "flow_prediction");

        Exception refusal = assertThrows(SchedulerConfigException.class, () -> Schedulers.create(config, 4));
        assertTrue(refusal.getMessage().contains("prediction_type"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("flow_prediction"), refusal.getMessage());
    }

    @Test
    void aModelOutputOfAnotherSizeIsRefused() {
        Scheduler scheduler = Schedulers.create(config(), 4);

        Exception refusal = assertThrows(
                IllegalArgumentException.class,
                () -> scheduler.step(new float[SIZE + 1], 0, new float[SIZE], new float[SIZE]));
        assertEquals("model output has 65 values but the sample has 64", refusal.getMessage());
    }

    private float[] run(int steps, long seed) {
        Scheduler scheduler = Schedulers.create(config(), steps);
        TorchGenerator random = new TorchGenerator(seed);
        float[] sample = Vectors.scaled(scheduler.initNoiseSigma(), random.randn(SIZE));
        for (int i = 0; i < scheduler.timesteps().length; i++) {
            float[] input = scheduler.scaleModelInput(sample, i);
            float[] output = Vectors.scaled(0.9, input);
            float[] noise = scheduler.drawsNoise(i) ? random.randn(SIZE) : null;
            sample = scheduler.step(output, i, sample, noise).sample();
        }
        return sample;
    }
}
