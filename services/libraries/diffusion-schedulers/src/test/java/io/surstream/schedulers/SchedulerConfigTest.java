package io.surstream.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerConfigTest {

    private static SchedulerConfig of(String className) {
        return SchedulerConfig.parse("{\"_class_name\": \"" + className + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DDIMScheduler               | beta_schedule        | \"sigmoid\"",
                "DDIMScheduler               | timestep_spacing     | \"random\"",
                "DDIMScheduler               | num_train_timesteps  | 0",
                "DDIMScheduler               | clip_sample          | \"yes\"",
                "DDIMScheduler               | beta_start           | \"small\"",
                "DDIMScheduler               | trained_betas        | [0.1, 0.2]",
                "PNDMScheduler               | prediction_type      | \"sample\"",
                "DDPMScheduler               | variance_type        | \"learned_range\"",
                "DPMSolverMultistepScheduler | algorithm_type       | \"other\"",
                "DPMSolverMultistepScheduler | algorithm_type       | \"dpmsolver\"",
                "DPMSolverMultistepScheduler | solver_order         | 4",
                "DPMSolverMultistepScheduler | use_flow_sigmas      | true",
                "DPMSolverMultistepScheduler | variance_type        | \"learned\"",
                "DPMSolverMultistepScheduler | final_sigmas_type    | \"one\"",
                "UniPCMultistepScheduler     | solver_p             | {}",
                "UniPCMultistepScheduler     | predict_x0           | false",
                "UniPCMultistepScheduler     | lower_order_final    | false",
                "EulerDiscreteScheduler      | interpolation_type   | \"cubic\"",
                "LCMScheduler                | original_inference_steps | 2000"
            })
    void whatCannotBeFollowedIsRefusedByName(String className, String key, String value) {
        SchedulerConfig config =
                SchedulerConfig.parse("{\"_class_name\": \"" + className + "\", \"" + key + "\": " + value + "}");

        Exception refusal = assertThrows(SchedulerConfigException.class, () -> Schedulers.create(config, 5));

        // a few settings are refused together with the one they clash with
        assertTrue(
                refusal.getMessage().contains(key) || refusal.getMessage().contains("final_sigmas_type"),
                refusal.getMessage());
    }

    @Test
    void anUnknownClassIsRefusedWithTheKnownOnes() {
        Exception refusal =
                assertThrows(SchedulerConfigException.class, () -> Schedulers.create(of("HeunDiscreteScheduler"), 5));

        assertTrue(refusal.getMessage().contains("HeunDiscreteScheduler"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("EulerDiscreteScheduler"), refusal.getMessage());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        Exception refusal =
                assertThrows(SchedulerConfigException.class, () -> SchedulerNames.create("magic", of("DDIMScheduler")));

        assertTrue(refusal.getMessage().contains("magic"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("euler-ancestral"), refusal.getMessage());
    }

    @Test
    void textThatIsNoJsonObjectIsRefused() {
        assertThrows(SchedulerConfigException.class, () -> SchedulerConfig.parse("{oops"));
        assertThrows(SchedulerConfigException.class, () -> SchedulerConfig.parse("[1]"));
    }

    @Test
    void epsilonAtZeroTerminalSnrIsRefusedBecauseNoImageIsLeftToPredict() {
        SchedulerConfig config = of("DDIMScheduler")
                .with("rescale_betas_zero_snr", true)
                .with("timestep_spacing", "trailing")
                .with("clip_sample", false);

        Exception refusal = assertThrows(SchedulerConfigException.class, () -> Schedulers.create(config, 5));
        assertTrue(refusal.getMessage().contains("prediction_type"), refusal.getMessage());
    }

    @Test
    void stepsBeyondTheLastTrainingTimestepAreRefusedNotClipped() {
        SchedulerConfig config = of("DDIMScheduler").with("steps_offset", 1);

        Exception refusal = assertThrows(SchedulerConfigException.class, () -> Schedulers.create(config, 1000));
        assertTrue(refusal.getMessage().contains("steps_offset 1"), refusal.getMessage());
        assertEquals(1000, Schedulers.create(of("DDIMScheduler"), 1000).timesteps().length);
    }

    @Test
    void anotherSchedulerReadsTheSameNoiseProcess() {
        SchedulerConfig base = of("PNDMScheduler").with("beta_end", 0.012).with("prediction_type", "v_prediction");

        SchedulerConfig other = SchedulerNames.create("unipc", base);

        assertEquals("UniPCMultistepScheduler", other.className());
        assertArrayEquals(
                NoiseSchedule.of(base).alphasCumprod(), NoiseSchedule.of(other).alphasCumprod());
        assertEquals("v_prediction", other.text("prediction_type", "epsilon"));
    }

    @Test
    void theBetaQuantileIsExactWhereItHasAFormula() {
        // Beta(1/2, 1/2) is the arcsine distribution
        for (double p : new double[] {0, 0.01, 0.2, 0.5, 0.8, 0.99, 1}) {
            assertEquals(Math.pow(Math.sin(Math.PI * p / 2), 2), BetaDistribution.quantile(p, 0.5, 0.5), 1e-9);
        }
        assertEquals(0.3, BetaDistribution.quantile(0.3, 1, 1), 1e-9);
    }

    @Test
    void everyNoiseLevelSpreadFallsStrictly() {
        for (String spread :
                new String[] {"use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas"}) {
            float[] sigmas = Schedulers.create(of("DPMSolverMultistepScheduler").with(spread, true), 12)
                    .sigmas();
            for (int i = 1; i < sigmas.length; i++) {
                assertTrue(sigmas[i] < sigmas[i - 1], spread + " at " + i);
            }
        }
    }
}
