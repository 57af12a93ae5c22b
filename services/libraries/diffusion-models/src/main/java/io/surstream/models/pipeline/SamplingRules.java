package io.surstream.models.pipeline;

import io.surstream.models.ModelFolder;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerConfigException;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import java.util.ArrayList;
import java.util.List;

/** One model's defaults and limits: turns what was asked into complete settings, or says everything that is wrong. Immutable. */
public final class SamplingRules {
    // every Stable Diffusion UNet and decoder was trained on sizes divisible by this
    private static final int LEAST_MULTIPLE = 8;

    private final SchedulerConfig scheduler;
    private final SamplingDefaults defaults;
    private final SamplingLimits limits;
    private final int multiple;

    private SamplingRules(SchedulerConfig scheduler, SamplingDefaults defaults, SamplingLimits limits, int multiple) {
        this.scheduler = scheduler;
        this.defaults = defaults;
        this.limits = limits;
        this.multiple = multiple;
    }

    public static SamplingRules of(ModelFolder model, SamplingLimits limits) {
        return new SamplingRules(
                model.scheduler(), SamplingDefaults.of(model), limits, Math.max(LEAST_MULTIPLE, Downscale.of(model)));
    }

    public SamplingDefaults defaults() {
        return defaults;
    }

    /** What was asked, with the model's defaults in what was left open; the seed stays 0 when absent. Not checked. */
    public Sampling complete(SamplingRequest asked) {
        return new Sampling(
                asked.seed().orElse(0),
                asked.steps().orElse(defaults.steps()),
                asked.guidanceScale().orElse(defaults.guidanceScale()),
                asked.scheduler().filter(name -> !name.isEmpty()).orElse(defaults.scheduler()),
                asked.images().orElse(1),
                asked.height().orElse(defaults.height()),
                asked.width().orElse(defaults.width()));
    }

    /** Complete settings that can be followed. @throws SamplingRefusedException with every problem at once */
    public Sampling require(SamplingRequest asked) {
        Sampling sampling = complete(asked);
        List<SamplingProblem> problems = problems(sampling);
        if (!problems.isEmpty()) {
            throw new SamplingRefusedException(problems);
        }
        return sampling;
    }

    /** Everything that is wrong with what was asked; empty when it can be done. */
    public List<SamplingProblem> problems(SamplingRequest asked) {
        return problems(complete(asked));
    }

    private List<SamplingProblem> problems(Sampling sampling) {
        List<SamplingProblem> problems = new ArrayList<>();
        boolean stepsFit = inRange(problems, "num_inference_steps", sampling.steps(), limits.maxSteps());
        inRange(problems, "num_images", sampling.images(), limits.maxImages());
        guidance(problems, sampling.guidanceScale());
        boolean sized = side(problems, "height", sampling.height()) & side(problems, "width", sampling.width());
        long pixels = (long) sampling.height() * sampling.width();
        if (sized && pixels > limits.maxPixels()) {
            problems.add(new SamplingProblem(
                    "height",
                    sampling.height() + " × width " + sampling.width(),
                    "such that height × width is at most " + limits.maxPixels()));
        }
        scheduler(problems, sampling, stepsFit);
        return problems;
    }

    private static boolean inRange(List<SamplingProblem> problems, String field, int value, int max) {
        if (value >= 1 && value <= max) {
            return true;
        }
        problems.add(new SamplingProblem(field, Integer.toString(value), "1.." + max));
        return false;
    }

    private void guidance(List<SamplingProblem> problems, double value) {
        double max = limits.maxGuidanceScale();
        if (!(Math.abs(value) <= max)) {
            problems.add(new SamplingProblem(
                    "guidance_scale", Double.toString(value), "a finite number from -" + max + " to " + max));
        }
    }

    private boolean side(List<SamplingProblem> problems, String field, int value) {
        if (value >= multiple && value <= limits.maxSide() && value % multiple == 0) {
            return true;
        }
        problems.add(new SamplingProblem(
                field,
                Integer.toString(value),
                "a multiple of " + multiple + " in " + multiple + ".." + limits.maxSide()));
        return false;
    }

    private void scheduler(List<SamplingProblem> problems, Sampling sampling, boolean stepsFit) {
        String name = sampling.scheduler();
        if (!SchedulerNames.all().contains(name)) {
            problems.add(new SamplingProblem("scheduler", name, "one of " + String.join(", ", SchedulerNames.all())));
            return;
        }
        if (!stepsFit) {
            return;
        }
        try {
            Schedulers.create(SchedulerNames.resolve(name, scheduler), sampling.steps());
        } catch (SchedulerConfigException e) {
            problems.add(new SamplingProblem(
                    "num_inference_steps",
                    Integer.toString(sampling.steps()),
                    "possible with the scheduler " + name + " (" + e.getMessage() + ")"));
        }
    }
}
