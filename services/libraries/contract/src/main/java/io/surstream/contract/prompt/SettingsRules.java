package io.surstream.contract.prompt;

import static io.surstream.contract.failure.Failures.invalid;

import io.surstream.contract.NearMiss;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Which sampling settings are allowed, whatever the model. Pure. */
public final class SettingsRules {
    /** Sides of an image are multiples of this: every Stable Diffusion UNet and decoder was trained so. */
    public static final int MULTIPLE = 8;

    private SettingsRules() {}

    /** Everything that is wrong with the fields that are set, in their order; any seed is allowed. */
    public static List<Failure> problems(SamplingSettings settings, PromptLimits limits) {
        List<Failure> problems = new ArrayList<>();
        if (settings.hasNumInferenceSteps()) {
            range("num_inference_steps", settings.getNumInferenceSteps(), limits.maxSteps(), problems);
        }
        if (settings.hasGuidanceScale()) {
            guidance(settings.getGuidanceScale(), limits.maxGuidanceScale(), problems);
        }
        scheduler(settings.getScheduler(), problems);
        if (settings.hasNumImages()) {
            range("num_images", settings.getNumImages(), limits.maxImages(), problems);
        }
        if (settings.hasHeight()) {
            side("height", settings.getHeight(), MULTIPLE, limits, problems);
        }
        if (settings.hasWidth()) {
            side("width", settings.getWidth(), MULTIPLE, limits, problems);
        }
        return problems;
    }

    /** @param multiple what the side must be divisible by; the model's own may be larger than {@link #MULTIPLE} */
    public static void side(String field, int value, int multiple, PromptLimits limits, List<Failure> problems) {
        if (value < multiple || value > limits.maxSide() || value % multiple != 0) {
            problems.add(invalid(
                    field, value, "a multiple of " + multiple + " from " + multiple + " to " + limits.maxSide()));
        }
    }

    private static void range(String field, int value, int max, List<Failure> problems) {
        if (value < 1 || value > max) {
            problems.add(invalid(field, value, "an integer from 1 to " + max));
        }
    }

    private static void guidance(float value, double max, List<Failure> problems) {
        if (!(value >= 0 && value <= max)) {
            String most = BigDecimal.valueOf(max).stripTrailingZeros().toPlainString();
            problems.add(invalid("guidance_scale", value, "a finite number from 0 to " + most));
        }
    }

    private static void scheduler(String name, List<Failure> problems) {
        List<String> known = SchedulerNames.all();
        if (name.isEmpty() || known.contains(name)) {
            return;
        }
        String limit = "one of " + String.join(", ", known);
        String hint =
                NearMiss.of(name, known).map(" (did you mean %s?)"::formatted).orElse("");
        problems.add(Failures.of(
                FailureType.UNKNOWN_SCHEDULER,
                "scheduler",
                name,
                limit,
                "scheduler must be " + limit + " but is " + Failures.shown(name) + hint));
    }
}
