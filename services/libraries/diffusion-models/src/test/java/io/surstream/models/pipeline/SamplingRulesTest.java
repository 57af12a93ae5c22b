package io.surstream.models.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelFolderException;
import io.surstream.models.TestModels;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingRulesTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void model() {
        folder = TestModels.copyTo(temp.resolve("model"));
    }

    private SamplingRules rules() {
        return SamplingRules.of(ModelFolder.open(folder), PromptLimits.STANDARD);
    }

    private static SamplingSettings.Builder asked() {
        return SamplingSettings.newBuilder();
    }

    private List<Failure> problems(SamplingSettings.Builder request) {
        try {
            rules().require(request.build());
            return List.of();
        } catch (SamplingRefusedException refused) {
            return refused.problems();
        }
    }

    private List<String> fields(SamplingSettings.Builder request) {
        return problems(request).stream().map(Failure::getField).toList();
    }

    @Test
    void without_a_word_a_model_is_sampled_as_diffusers_does() {
        Sampling sampling = rules().require(asked().setHeight(64).setWidth(64).build());

        assertEquals(new Sampling(0, 50, 7.5, "pndm", 1, 64, 64), sampling);
    }

    @Test
    void the_model_folder_may_say_its_own_defaults() throws IOException {
        Files.writeString(folder.resolve("surstream.json"), """
                {"num_inference_steps": 20, "guidance_scale": 4, "height": 64, "width": 96, "scheduler": "ddim"}
                """);

        assertEquals(
                new Sampling(9, 20, 4, "ddim", 1, 64, 96),
                rules().require(asked().setSeed(9).build()));
    }

    @Test
    void defaults_that_cannot_be_are_refused_with_the_file() throws IOException {
        Files.writeString(folder.resolve("surstream.json"), "{\"scheduler\": \"magic\"}");

        Exception refusal = assertThrows(ModelFolderException.class, this::rules);
        assertTrue(refusal.getMessage().contains("surstream.json"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("magic"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, 1_000_000_000})
    void steps_outside_the_limit_are_refused(int steps) {
        assertEquals(
                List.of("num_inference_steps"),
                fields(asked().setHeight(64).setWidth(64).setNumInferenceSteps(steps)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -8, 7, 63, 4096, 1 << 30})
    void sizes_off_the_grid_or_beyond_the_limit_are_refused(int side) {
        assertEquals(List.of("height"), fields(asked().setHeight(side).setWidth(64)));
        assertEquals(List.of("width"), fields(asked().setHeight(64).setWidth(side)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 101, -1})
    void guidance_that_is_no_number_or_too_large_is_refused(double guidance) {
        assertEquals(
                List.of("guidance_scale"),
                fields(asked().setHeight(64).setWidth(64).setGuidanceScale((float) guidance)));
    }

    @Test
    void an_unknown_scheduler_is_refused_with_the_known_ones() {
        Failure problem = problems(asked().setHeight(64).setWidth(64).setScheduler("magic"))
                .get(0);

        assertEquals("scheduler", problem.getField());
        assertTrue(problem.getLimit().contains("dpmpp-2m-karras"), problem.getLimit());
    }

    @Test
    void a_step_count_that_the_scheduler_cannot_serve_is_refused() {
        Failure problem = problems(
                        asked().setHeight(64).setWidth(64).setScheduler("lcm").setNumInferenceSteps(51))
                .get(0);

        assertEquals("num_inference_steps", problem.getField());
        assertTrue(problem.getMessage().contains("1..50"), problem.getMessage());
    }

    @Test
    void everything_wrong_is_said_at_once() {
        SamplingSettings.Builder request = asked().setNumInferenceSteps(0)
                .setNumImages(0)
                .setGuidanceScale(Float.NaN)
                .setHeight(1)
                .setWidth(1)
                .setScheduler("magic");

        SamplingRefusedException refusal =
                assertThrows(SamplingRefusedException.class, () -> rules().require(request.build()));
        assertEquals(
                List.of("num_inference_steps", "guidance_scale", "scheduler", "num_images", "height", "width"),
                refusal.problems().stream().map(Failure::getField).toList());
    }
}
