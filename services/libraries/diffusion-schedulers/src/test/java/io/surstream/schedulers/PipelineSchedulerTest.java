package io.surstream.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What diffusers' StableDiffusionPipeline makes of scheduler configs that were written before its defaults settled. */
class PipelineSchedulerTest {
    private static final String STABLE_DIFFUSION = """
            "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000
            """;

    private static SchedulerConfig config(String className, String settings) {
        return SchedulerConfig.parse("{\"_class_name\": \"" + className + "\", " + STABLE_DIFFUSION
                + (settings.isEmpty() ? "" : ", ") + settings + "}");
    }

    private static PipelineScheduler pipeline(String className, String settings) {
        return PipelineScheduler.of(config(className, settings), className);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"steps_offset\": 0", "\"steps_offset\": null", "\"steps_offset\": 2"})
    void an_old_steps_offset_becomes_one(String settings) {
        PipelineScheduler scheduler = pipeline("DDIMScheduler", settings);

        float[] timesteps = Schedulers.create(scheduler.config(), 8).timesteps();

        assertArrayEquals(new float[] {876, 751, 626, 501, 376, 251, 126, 1}, timesteps);
        assertTrue(scheduler.corrections().toString().contains("steps_offset"), scheduler::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DDIMScheduler", "DDPMScheduler"})
    void a_clean_sample_is_not_clipped_though_the_class_clips_by_default(String className) {
        PipelineScheduler scheduler = pipeline(className, "\"steps_offset\": 1");

        Scheduler.Step step =
                Schedulers.create(scheduler.config(), 8).step(new float[] {1}, 0, new float[] {50}, new float[] {0});

        assertTrue(step.predX0()[0] > 10, step::toString);
        assertEquals(1, scheduler.corrections().size(), scheduler::toString);
        assertTrue(scheduler.corrections().toString().contains("clip_sample"), scheduler::toString);
    }

    @Test
    void a_clip_sample_that_the_file_asks_for_is_not_followed_either() {
        PipelineScheduler scheduler = pipeline("LCMScheduler", "\"clip_sample\": true");

        Scheduler.Step step =
                Schedulers.create(scheduler.config(), 4).step(new float[] {1}, 0, new float[] {50}, new float[] {0});

        assertTrue(step.predX0()[0] > 10, step::toString);
        assertTrue(scheduler.corrections().toString().contains("clip_sample"), scheduler::toString);
    }

    @Test
    void another_scheduler_over_an_old_config_is_corrected_too() {
        SchedulerConfig base =
                pipeline("PNDMScheduler", "\"skip_prk_steps\": true").config();

        SchedulerConfig ddim = SchedulerNames.resolve("ddim", base);

        Scheduler scheduler = Schedulers.create(ddim, 8);
        assertEquals(876, scheduler.timesteps()[0]);
        assertTrue(scheduler.step(new float[] {1}, 0, new float[] {50}, new float[] {0})
                        .predX0()[0]
                > 10);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void every_class_starts_one_timestep_later_with_leading_spacing(String className) {
        PipelineScheduler old = pipeline(className, "\"timestep_spacing\": \"leading\", \"skip_prk_steps\": true");
        SchedulerConfig fixed = config(
                className,
                "\"timestep_spacing\": \"leading\", \"skip_prk_steps\": true, \"steps_offset\": 1,"
                        + " \"clip_sample\": false");

        assertArrayEquals(
                Schedulers.create(fixed, 8).timesteps(),
                Schedulers.create(old.config(), 8).timesteps());
    }

    private static List<String> classes() {
        return List.of(
                "DDIMScheduler",
                "DDPMScheduler",
                "DPMSolverMultistepScheduler",
                "EulerAncestralDiscreteScheduler",
                "EulerDiscreteScheduler",
                "LCMScheduler",
                "PNDMScheduler",
                "UniPCMultistepScheduler");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"steps_offset\": 1, \"clip_sample\": false",
                "\"timestep_spacing\": \"trailing\", \"clip_sample\": false"
            })
    void nothing_is_said_where_no_image_changes(String settings) {
        assertEquals(List.of(), pipeline("DDIMScheduler", settings).corrections());
    }

    @Test
    void the_index_names_the_class_and_the_file_its_settings() {
        PipelineScheduler scheduler = PipelineScheduler.of(
                config("PNDMScheduler", "\"skip_prk_steps\": true, \"steps_offset\": 1, \"clip_sample\": false"),
                "EulerDiscreteScheduler");

        assertEquals("euler", SchedulerNames.nameOf(scheduler.config()));
        assertEquals(1, scheduler.corrections().size());
        String said = scheduler.corrections().get(0);
        assertTrue(said.contains("EulerDiscreteScheduler") && said.contains("PNDMScheduler"), said);
    }

    @Test
    void a_file_without_a_class_takes_that_of_the_index() {
        PipelineScheduler scheduler =
                PipelineScheduler.of(SchedulerConfig.parse("{" + STABLE_DIFFUSION + "}"), "EulerDiscreteScheduler");

        assertEquals("EulerDiscreteScheduler", scheduler.config().className());
        assertEquals(List.of(), scheduler.corrections());
    }
}
