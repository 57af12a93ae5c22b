package io.surstream.schedulers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The scheduler that diffusers' StableDiffusionPipeline makes from a model's files. {@code model_index.json} names the
 * class and {@code scheduler_config.json} holds the settings; the pipeline then sets {@code steps_offset} to 1 and
 * {@code clip_sample} to false, because configs of its first versions say something else and draw other images.
 * Immutable.
 *
 * @param config corrected; another scheduler that is made from it ({@link SchedulerNames#create}) keeps the corrections
 * @param isOfOtherClass whether the file names another class
 * @param corrections one phrase for each setting that differs from what the file says and changes images; else empty
 */
public record PipelineScheduler(SchedulerConfig config, boolean isOfOtherClass, List<String> corrections) {
    private static final Set<String> CLIPS_BY_DEFAULT = Set.of("DDIMScheduler", "DDPMScheduler");
    private static final Set<String> LEADING_BY_DEFAULT = Set.of("DDIMScheduler", "DDPMScheduler", "PNDMScheduler");
    private static final String PNDM = "PNDMScheduler";
    private static final String LCM = "LCMScheduler"; // picks its timesteps without an offset

    public PipelineScheduler {
        corrections = List.copyOf(corrections);
    }

    /**
     * @param named the class that {@code model_index.json} names. It rules over the class in the file, but for a file that was
     *     put in the place of a PNDM one and lacks its {@code skip_prk_steps}: PNDM would start it with Runge-Kutta steps,
     *     which no Stable Diffusion model is meant for
     */
    public static PipelineScheduler of(SchedulerConfig file, String named) {
        List<String> corrections = new ArrayList<>();
        boolean differs = !file.className().isEmpty() && !file.className().equals(named);
        boolean replaced = differs && named.equals(PNDM) && !file.flag("skip_prk_steps", false);
        boolean other = differs && !replaced;
        String className = replaced ? file.className() : named;
        if (differs) {
            corrections.add("class " + className + " as " + (replaced ? "scheduler_config.json" : "model_index.json")
                    + " says, not " + (replaced ? named : file.className()));
        }
        SchedulerConfig config = file.with("_class_name", className);
        int offset = config.integer("steps_offset", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (offset != 1 && isLeading(config)) {
            corrections.add("steps_offset 1, not " + offset);
        }
        if (config.flag("clip_sample", CLIPS_BY_DEFAULT.contains(className))) {
            corrections.add("clip_sample false, not true");
        }
        return new PipelineScheduler(config.with("steps_offset", 1).with("clip_sample", false), other, corrections);
    }

    private static boolean isLeading(SchedulerConfig config) {
        String usual = LEADING_BY_DEFAULT.contains(config.className()) ? "leading" : "linspace";
        return !config.className().equals(LCM)
                && config.text("timestep_spacing", usual).equals("leading");
    }
}
