package io.surstream.models.pipeline;

import static io.surstream.contract.failure.Failures.invalid;

import io.surstream.contract.prompt.ModelRules;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.SettingsRules;
import io.surstream.models.ModelFolder;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerConfigException;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One model's defaults and limits: turns what was asked into complete settings, or says everything that is wrong. Thread-safe. */
public final class SamplingRules implements ModelRules {
    private final SchedulerConfig scheduler;
    private final SamplingDefaults defaults;
    private final PromptLimits limits;
    private final int multiple;
    private final Map<String, Optional<String>> schedules = new ConcurrentHashMap<>();

    private SamplingRules(SchedulerConfig scheduler, SamplingDefaults defaults, PromptLimits limits, int multiple) {
        this.scheduler = scheduler;
        this.defaults = defaults;
        this.limits = limits;
        this.multiple = multiple;
    }

    public static SamplingRules of(ModelFolder model, PromptLimits limits) {
        return new SamplingRules(
                model.scheduler(),
                SamplingDefaults.of(model),
                limits,
                Math.max(SettingsRules.MULTIPLE, Downscale.of(model)));
    }

    public SamplingDefaults defaults() {
        return defaults;
    }

    @Override
    public SamplingSettings complete(SamplingSettings asked) {
        SamplingSettings.Builder settings = asked.toBuilder();
        if (!asked.hasNumInferenceSteps()) {
            settings.setNumInferenceSteps(defaults.steps());
        }
        if (!asked.hasGuidanceScale()) {
            settings.setGuidanceScale((float) defaults.guidanceScale());
        }
        if (asked.getScheduler().isEmpty()) {
            settings.setScheduler(defaults.scheduler());
        }
        if (!asked.hasNumImages()) {
            settings.setNumImages(1);
        }
        if (!asked.hasHeight()) {
            settings.setHeight(defaults.height());
        }
        if (!asked.hasWidth()) {
            settings.setWidth(defaults.width());
        }
        return settings.build();
    }

    /**
     * Complete settings that can be followed; the seed is 0 when absent. @throws SamplingRefusedException with all
     * problems
     */
    public Sampling require(SamplingSettings asked) {
        SamplingSettings settings = complete(asked);
        List<Failure> problems = new ArrayList<>(SettingsRules.problems(settings, limits));
        if (problems.isEmpty()) {
            problems.addAll(problems(settings));
        }
        if (!problems.isEmpty()) {
            throw new SamplingRefusedException(problems);
        }
        return Sampling.of(settings);
    }

    /** Sides that this model's decoder cannot make, and a number of steps that the scheduler cannot take. */
    @Override
    public List<Failure> problems(SamplingSettings complete) {
        List<Failure> problems = new ArrayList<>();
        SettingsRules.side("height", complete.getHeight(), multiple, limits, problems);
        SettingsRules.side("width", complete.getWidth(), multiple, limits, problems);
        schedule(complete.getScheduler(), complete.getNumInferenceSteps())
                .ifPresent(reason -> problems.add(invalid(
                        "num_inference_steps",
                        complete.getNumInferenceSteps(),
                        "possible with the scheduler " + complete.getScheduler() + " (" + reason + ")")));
        return problems;
    }

    /** Why a scheduler cannot take so many steps. Each pair is tried once; there are few. */
    private Optional<String> schedule(String name, int steps) {
        return schedules.computeIfAbsent(name + " " + steps, pair -> {
            try {
                Schedulers.create(SchedulerNames.resolve(name, scheduler), steps);
                return Optional.empty();
            } catch (SchedulerConfigException e) {
                return Optional.of(e.getMessage());
            }
        });
    }
}
