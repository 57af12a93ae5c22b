package io.surstream.models.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelFolder;
import io.surstream.models.RandomWeights;
import io.surstream.models.TestModels;
import io.surstream.schedulers.Scheduler;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model folders as other tools wrote them draw what diffusers draws from them. */
class ModelFilesTest {
    private static final String NOISE_PROCESS = """
            "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085,
            "num_train_timesteps": 1000, "trained_betas": null
            """;

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void model() {
        folder = TestModels.copyTo(temp.resolve("model"));
    }

    private void scheduler(String className, String settings) throws IOException {
        Files.writeString(
                folder.resolve("scheduler/scheduler_config.json"),
                "{\"_class_name\": \"" + className + "\", " + settings + NOISE_PROCESS + "}");
    }

    private void index(String className) throws IOException {
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("PNDMScheduler", className));
    }

    private record Drawn(float[] timesteps, FloatTensor latents) {}

    /** The inputs of a golden pipeline case, sampled with the folder's own scheduler. */
    private Drawn draw(String golden) {
        ModelFolder model = ModelFolder.open(folder);
        String own = SamplingDefaults.of(model).scheduler();
        FloatTensor embeds = tensor(golden, "negative_and_prompt_embeds");
        DenoisingJob job = new DenoisingJob(
                RandomWeights.row(embeds, 1),
                RandomWeights.row(embeds, 0),
                new Sampling(0, 8, 7.5, own, 1, 32, 48),
                Optional.of(tensor(golden, "initial_latents")));
        try (LatentDenoiser denoiser = LatentDenoiser.load(model, DType.FP32, TorchDevice.CPU)) {
            FloatTensor latents = denoiser.denoise(job, step -> true).orElseThrow();
            Scheduler scheduler = Schedulers.create(SchedulerNames.resolve(own, model.scheduler()), 8);
            return new Drawn(scheduler.timesteps(), latents);
        }
    }

    private static FloatTensor tensor(String golden, String name) {
        try (Weights weights = Checkpoint.open(Golden.folder(golden).resolve("io.safetensors"))) {
            return weights.get(name).toFloat();
        }
    }

    private static FloatTensor lastRow(FloatTensor steps) {
        FloatTensor row = RandomWeights.row(steps, (int) steps.shape()[0] - 1);
        return FloatTensor.of(row.data(), 1, 4, 8, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pipeline-ddim | DDIMScheduler | \"set_alpha_to_one\": false, \"steps_offset\": 0,",
                "pipeline-ddim | DDIMScheduler | \"set_alpha_to_one\": false, \"clip_sample\": true,",
                "pipeline-pndm | PNDMScheduler | \"skip_prk_steps\": true,"
            })
    void an_old_scheduler_config_draws_what_the_pipeline_of_diffusers_draws(
            String golden, String className, String settings) throws IOException {
        index(className);
        scheduler(className, settings);

        Drawn drawn = draw(golden);

        assertArrayEquals(tensor(golden, "timesteps").data(), drawn.timesteps);
        assertTrue(RandomWeights.distance(lastRow(tensor(golden, "latents_after_step")), drawn.latents) < 1e-3);
    }

    @Test
    void a_replaced_ddim_config_is_not_read_by_the_class_that_the_index_still_names() throws IOException {
        scheduler("DDIMScheduler", "\"set_alpha_to_one\": false, \"steps_offset\": 0,");

        Drawn drawn = draw("pipeline-ddim");

        assertArrayEquals(tensor("pipeline-ddim", "timesteps").data(), drawn.timesteps);
        assertTrue(
                RandomWeights.distance(lastRow(tensor("pipeline-ddim", "latents_after_step")), drawn.latents) < 1e-3);
    }

    @Test
    void the_index_names_the_scheduler_class_not_the_file() throws IOException {
        index("EulerDiscreteScheduler");
        Drawn indexSays = draw("pipeline-pndm");
        scheduler("EulerDiscreteScheduler", "");
        Drawn bothSay = draw("pipeline-pndm");

        assertEquals(8, indexSays.timesteps.length);
        assertEquals(0, RandomWeights.distance(bothSay.latents, indexSays.latents));
    }
}
