package io.surstream.schedulers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The short names that users choose schedulers by. */
public final class SchedulerNames {
    private static final Map<String, String> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("ddim", "DDIMScheduler");
        CLASSES.put("pndm", "PNDMScheduler");
        CLASSES.put("euler", "EulerDiscreteScheduler");
        CLASSES.put("euler-ancestral", "EulerAncestralDiscreteScheduler");
        CLASSES.put("dpmpp-2m", "DPMSolverMultistepScheduler");
        CLASSES.put("dpmpp-2m-karras", "DPMSolverMultistepScheduler");
        CLASSES.put("dpmpp-2m-sde", "DPMSolverMultistepScheduler");
        CLASSES.put("unipc", "UniPCMultistepScheduler");
        CLASSES.put("lcm", "LCMScheduler");
        CLASSES.put("ddpm", "DDPMScheduler");
    }

    private SchedulerNames() {}

    public static List<String> all() {
        return List.copyOf(CLASSES.keySet());
    }

    /** The short name of a config: that of its class, and for DPM-Solver of the variant that comes nearest. */
    public static String nameOf(SchedulerConfig config) {
        String className = config.className();
        if (className.equals(CLASSES.get("dpmpp-2m"))) {
            if (config.text("algorithm_type", "dpmsolver++").startsWith("sde")) {
                return "dpmpp-2m-sde";
            }
            return config.flag("use_karras_sigmas", false) ? "dpmpp-2m-karras" : "dpmpp-2m";
        }
        return CLASSES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(className))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> config.refused("_class_name", className, "one of " + CLASSES.values()));
    }

    /** The model's own config, every setting of it, where the name is its own; or else {@link #create another}. */
    public static SchedulerConfig resolve(String name, SchedulerConfig base) {
        return name.equals(nameOf(base)) ? base : create(name, base);
    }

    /**
     * The config of another scheduler over a model's own: the noise process and prediction type stay, keys that the new
     * class knows are read from the same file, everything else takes the new class's defaults (diffusers' from_config).
     */
    public static SchedulerConfig create(String name, SchedulerConfig base) {
        String className = CLASSES.get(name);
        if (className == null) {
            throw new SchedulerConfigException(
                    "scheduler must be one of " + String.join(", ", CLASSES.keySet()) + " but is \"" + name + '"');
        }
        SchedulerConfig config = base.with("_class_name", className);
        return switch (name) {
            case "dpmpp-2m" -> dpm(config, "dpmsolver++", false);
            case "dpmpp-2m-karras" -> dpm(config, "dpmsolver++", true);
            case "dpmpp-2m-sde" -> dpm(config, "sde-dpmsolver++", false);
            case "pndm" -> config.with("skip_prk_steps", true); // as every Stable Diffusion model has it
            default -> config;
        };
    }

    private static SchedulerConfig dpm(SchedulerConfig config, String algorithm, boolean karras) {
        return config.with("algorithm_type", algorithm).with("solver_order", 2).with("use_karras_sigmas", karras);
    }
}
