package io.surstream.models.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatentDenoiserTest {
    private static final int CHANNELS = 4;
    private static final int SIDE = 16;
    private static final int SIZE = CHANNELS * 2 * 2;
    private static final SchedulerConfig SCHEDULER = SchedulerConfig.parse("""
            {"_class_name": "DDIMScheduler", "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
             "steps_offset": 1, "clip_sample": false, "set_alpha_to_one": false}
            """);
    private static final FloatTensor PROMPT = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 2);
    private static final FloatTensor NEGATIVE = FloatTensor.of(new float[] {6, 5, 4, 3, 2, 1}, 1, 3, 2);

    private final List<long[]> seen = new ArrayList<>();

    /** Depends on latents, timestep and text of the same row, and on nothing else. */
    private FloatTensor predict(FloatTensor latents, float timestep, FloatTensor states) {
        seen.add(latents.shape());
        int rows = (int) latents.shape()[0];
        int size = latents.size() / rows;
        int text = states.size() / rows;
        float[] out = new float[latents.size()];
        for (int i = 0; i < out.length; i++) {
            int row = i / size;
            out[i] =
                    (float) Math.sin(latents.data()[i] + timestep / 1000 + states.data()[row * text + i % size % text]);
        }
        return FloatTensor.of(out, latents.shape());
    }

    private LatentDenoiser denoiser() {
        return LatentDenoiser.of(this::predict, SCHEDULER, CHANNELS, 8);
    }

    private static DenoisingJob job(String scheduler, long seed, int images, double guidance) {
        return new DenoisingJob(
                PROMPT, NEGATIVE, new Sampling(seed, 5, guidance, scheduler, images, SIDE, SIDE), Optional.empty());
    }

    static List<String> schedulers() {
        return SchedulerNames.all();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void an_image_of_a_job_is_the_image_that_its_seed_gives_alone(String scheduler) {
        FloatTensor three =
                denoiser().denoise(job(scheduler, 7, 3, 4), StepListener.NONE).orElseThrow();

        for (int n = 0; n < 3; n++) {
            FloatTensor alone = denoiser()
                    .denoise(job(scheduler, 7 + n, 1, 4), StepListener.NONE)
                    .orElseThrow();
            assertArrayEquals(alone.data(), Arrays.copyOfRange(three.data(), n * SIZE, (n + 1) * SIZE));
        }
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void jobs_sampled_together_give_the_images_of_their_seeds_with_one_call_a_step(String scheduler) {
        FloatTensor together = denoiser().denoiseTogether(List.of(job(scheduler, 7, 1, 4), job(scheduler, 90, 1, 4)));
        int calls = seen.size();
        seen.clear();

        FloatTensor first =
                denoiser().denoise(job(scheduler, 7, 1, 4), StepListener.NONE).orElseThrow();
        assertEquals(seen.size(), calls);
        FloatTensor second =
                denoiser().denoise(job(scheduler, 90, 1, 4), StepListener.NONE).orElseThrow();
        assertArrayEquals(first.data(), Arrays.copyOf(together.data(), SIZE));
        assertArrayEquals(second.data(), Arrays.copyOfRange(together.data(), SIZE, 2 * SIZE));
    }

    @Test
    void jobs_of_other_settings_are_not_sampled_together() {
        List<DenoisingJob> jobs = List.of(job("ddim", 7, 1, 4), job("ddim", 8, 1, 5));

        assertThrows(IllegalArgumentException.class, () -> denoiser().denoiseTogether(jobs));
        assertThrows(IllegalArgumentException.class, () -> denoiser().denoiseTogether(List.of(job("ddim", 7, 2, 4))));
        assertTrue(seen.isEmpty());
    }

    @Test
    void guidance_asks_the_network_for_both_rows_and_without_it_for_one() {
        denoiser().denoise(job("ddim", 1, 1, 1.5), StepListener.NONE);
        assertTrue(seen.stream().allMatch(shape -> shape[0] == 2));
        seen.clear();

        denoiser().denoise(job("ddim", 1, 1, 1), StepListener.NONE);
        assertTrue(seen.stream().allMatch(shape -> shape[0] == 1));
    }

    @Test
    void every_step_of_every_image_is_told_in_order() {
        List<Integer> done = new ArrayList<>();
        denoiser().denoise(job("pndm", 1, 2, 4), step -> {
            done.add(step.done());
            assertEquals(12, step.total(), "PNDM asks the network once more than it has steps");
            assertEquals(2, step.modelOutput().shape()[0]);
            return true;
        });

        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), done);
    }

    @Test
    void a_listener_that_says_so_stops_the_job_after_its_step() {
        Optional<FloatTensor> latents = denoiser().denoise(job("ddim", 1, 3, 1), step -> step.done() < 7);

        assertTrue(latents.isEmpty());
        assertEquals(7, seen.size());
    }

    @Test
    void latents_that_stop_being_numbers_end_the_job_with_image_and_step() {
        LatentDenoiser broken = LatentDenoiser.of(
                (latents, timestep, states) -> {
                    float[] out = new float[latents.size()];
                    Arrays.fill(out, timestep < 500 ? Float.NaN : 0);
                    return FloatTensor.of(out, latents.shape());
                },
                SCHEDULER,
                CHANNELS,
                8);

        Exception refusal =
                assertThrows(DenoisingException.class, () -> broken.denoise(job("ddim", 1, 1, 1), StepListener.NONE));
        assertTrue(refusal.getMessage().contains("image 0"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("step 3 of 5"), refusal.getMessage());
    }

    @Test
    void given_noise_takes_the_place_of_the_seeds() {
        FloatTensor noise = FloatTensor.of(new float[2 * SIZE], 2, CHANNELS, 2, 2);
        Sampling sampling = new Sampling(1, 5, 1, "ddim", 2, SIDE, SIDE);

        FloatTensor latents = denoiser()
                .denoise(new DenoisingJob(PROMPT, NEGATIVE, sampling, Optional.of(noise)), StepListener.NONE)
                .orElseThrow();

        assertArrayEquals(Arrays.copyOf(latents.data(), SIZE), Arrays.copyOfRange(latents.data(), SIZE, 2 * SIZE));
    }

    @Test
    void noise_of_another_shape_is_refused() {
        FloatTensor noise = FloatTensor.zeros(1, CHANNELS, 4, 4);
        DenoisingJob job =
                new DenoisingJob(PROMPT, NEGATIVE, new Sampling(1, 5, 1, "ddim", 1, SIDE, SIDE), Optional.of(noise));

        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> denoiser().denoise(job, StepListener.NONE));
        assertEquals("initial_latents must have shape [1, 4, 2, 2] but has [1, 4, 4, 4]", refusal.getMessage());
        assertFalse(refusal.getMessage().isEmpty());
    }

    @Test
    void embeddings_that_hold_no_number_are_refused() {
        FloatTensor broken = FloatTensor.of(new float[] {1, Float.NaN}, 1, 1, 2);
        Sampling sampling = new Sampling(1, 5, 1, "ddim", 1, SIDE, SIDE);

        assertThrows(
                IllegalArgumentException.class, () -> new DenoisingJob(broken, NEGATIVE, sampling, Optional.empty()));
    }
}
