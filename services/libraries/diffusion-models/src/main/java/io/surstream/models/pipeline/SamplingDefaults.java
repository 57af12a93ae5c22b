package io.surstream.models.pipeline;

import io.surstream.models.ConfigFile;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelFolderException;
import io.surstream.schedulers.SchedulerNames;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a model is sampled with when nothing else is asked: from the optional {@code surstream.json} in its folder, with the
 * keys {@code num_inference_steps}, {@code guidance_scale}, {@code height}, {@code width} and {@code scheduler}.
 *
 * @param scheduler short name
 * @param height in pixels
 * @param width in pixels
 */
public record SamplingDefaults(int steps, double guidanceScale, int height, int width, String scheduler) {
    static final String FILE = "surstream.json";
    // what diffusers' StableDiffusionPipeline has
    private static final int STEPS = 50;
    private static final double GUIDANCE_SCALE = 7.5;

    /** @throws ModelFolderException if the file is there and says something that cannot be */
    public static SamplingDefaults of(ModelFolder model) {
        int side = sideOf(model);
        String own = SchedulerNames.nameOf(model.scheduler());
        Path file = model.path().resolve(FILE);
        if (!Files.exists(file)) {
            return new SamplingDefaults(STEPS, GUIDANCE_SCALE, side, side, own);
        }
        try {
            ConfigFile config = ConfigFile.read(file);
            String scheduler = config.text("scheduler", own);
            SchedulerNames.create(scheduler, model.scheduler());
            return new SamplingDefaults(
                    config.count("num_inference_steps", STEPS),
                    config.number("guidance_scale", GUIDANCE_SCALE),
                    config.count("height", side),
                    config.count("width", side),
                    scheduler);
        } catch (ModelException | IllegalArgumentException e) {
            throw new ModelFolderException(file + ": " + e.getMessage(), e);
        }
    }

    /** The size that the UNet was trained at. */
    private static int sideOf(ModelFolder model) {
        ConfigFile unet = ConfigFile.read(model.component("unet").resolve("config.json"));
        return unet.count("sample_size", 64) * Downscale.of(model);
    }
}
