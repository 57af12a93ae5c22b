package io.surstream.schedulers;

import java.util.List;

/** Builds trajectories from a config by its diffusers class name. */
public final class Schedulers {
    private static final List<String> CLASSES = List.of(
            "DDIMScheduler",
            "DDPMScheduler",
            "DPMSolverMultistepScheduler",
            "EulerAncestralDiscreteScheduler",
            "EulerDiscreteScheduler",
            "LCMScheduler",
            "PNDMScheduler",
            "UniPCMultistepScheduler");

    private Schedulers() {}

    /** A trajectory of {@code steps} inference steps; unsupported settings and counts are refused by name. */
    public static Scheduler create(SchedulerConfig config, int steps) {
        return create(config, steps, 0);
    }

    /** @param eta share of fresh noise in each DDIM step, 0..1; other schedulers have none and ignore it, as in diffusers */
    public static Scheduler create(SchedulerConfig config, int steps, double eta) {
        return switch (config.choice("_class_name", "", CLASSES)) {
            case "DDIMScheduler" -> DdimScheduler.of(config, steps, eta);
            case "DDPMScheduler" -> DdpmScheduler.of(config, steps);
            case "DPMSolverMultistepScheduler" -> DpmSolverMultistepScheduler.of(config, steps);
            case "EulerAncestralDiscreteScheduler" -> EulerAncestralScheduler.of(config, steps);
            case "EulerDiscreteScheduler" -> EulerScheduler.of(config, steps);
            case "LCMScheduler" -> LcmScheduler.of(config, steps);
            case "PNDMScheduler" -> PndmScheduler.of(config, steps);
            default -> UniPcMultistepScheduler.of(config, steps);
        };
    }
}
