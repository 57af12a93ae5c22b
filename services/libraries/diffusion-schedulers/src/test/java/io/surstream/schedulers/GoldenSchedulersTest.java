package io.surstream.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenSchedulersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddim-eps",
                "ddim-eta",
                "ddim-trailing-zsnr",
                "ddim-v",
                "ddpm-eps",
                "dpmpp2m-eps",
                "dpmpp2m-karras-eps",
                "dpmpp2m-karras-v",
                "dpmpp2m-sde-karras-eps",
                "dpmpp2m-v",
                "euler-ancestral-eps",
                "euler-ancestral-v",
                "euler-eps",
                "euler-karras-leading",
                "euler-v",
                "lcm-eps",
                "lcm-v",
                "pndm-eps",
                "pndm-v",
                "unipc-eps",
                "unipc-karras-eps",
                "unipc-v"
            })
    void everyStepOfATrajectoryIsWhatDiffusersComputed(String name) throws IOException {
        GoldenCase golden = GoldenCase.of("schedulers/" + name);
        JsonNode params = golden.description().get("params");
        for (JsonNode count : params.get("steps")) {
            String n = "n" + count.intValue() + ".";
            Scheduler scheduler = Schedulers.create(
                    golden.config(), count.intValue(), params.path("eta").doubleValue());

            assertClose(golden, n + "timesteps", scheduler.timesteps());
            if (golden.has(n + "sigmas")) {
                assertClose(golden, n + "sigmas", scheduler.sigmas());
            }
            follow(golden, n, scheduler);
        }
    }

    private static void follow(GoldenCase golden, String n, Scheduler scheduler) {
        float[] sample = Vectors.scaled(scheduler.initNoiseSigma(), golden.values(n + "noise"));
        for (int i = 0; i < scheduler.timesteps().length; i++) {
            assertRow(golden, n + "scaled_inputs", i, scheduler.scaleModelInput(sample, i));
            float[] noise = golden.has(n + "step_noise") ? golden.row(n + "step_noise", i) : null;
            Scheduler.Step step = scheduler.step(golden.row(n + "model_outputs", i), i, sample, noise);
            if (golden.has(n + "pred_x0")) {
                assertRow(golden, n + "pred_x0", i, step.predX0());
            }
            sample = step.sample();
            assertRow(golden, n + "samples", i + 1, sample);
        }
    }

    @Test
    void noiseIsAddedAndVelocityFormedAsInDiffusers() throws IOException {
        GoldenCase golden = GoldenCase.of("schedulers/ddpm-add-noise");
        NoiseSchedule schedule = NoiseSchedule.of(golden.config());

        assertClose(golden, "betas", schedule.betas());
        assertClose(golden, "alphas_cumprod", schedule.alphasCumprod());
        float[] timesteps = golden.values("timesteps");
        for (int row = 0; row < timesteps.length; row++) {
            float[] latents = golden.row("latents", row);
            float[] noise = golden.row("noise", row);
            assertRow(golden, "noisy", row, schedule.addNoise(latents, noise, (int) timesteps[row]));
            assertRow(golden, "velocity", row, schedule.velocity(latents, noise, (int) timesteps[row]));
        }
    }

    @Test
    void aSeedGivesTorchsNoise() {
        GoldenCase golden = GoldenCase.of("seeds");
        golden.description().get("outputs").fieldNames().forEachRemaining(name -> {
            String[] parts = name.split("_"); // seed_<s>_<shape> or seed_<s>_first|second_<shape>
            TorchGenerator generator = new TorchGenerator(Long.parseLong(parts[1]));
            float[] drawn = generator.randn(golden.shape(name));
            if (parts[2].equals("second")) {
                drawn = generator.randn(golden.shape(name));
            }
            assertClose(golden, name, drawn);
        });
    }

    private static void assertRow(GoldenCase golden, String name, int row, float[] actual) {
        assertTrue(golden.has(name), name);
        assertArrayEquals(golden.row(name, row), actual, (float) golden.tolerance(name), name + " row " + row);
    }

    private static void assertClose(GoldenCase golden, String name, float[] actual) {
        assertEquals(golden.values(name).length, actual.length, name);
        assertArrayEquals(golden.values(name), actual, (float) golden.tolerance(name), name);
    }
}
