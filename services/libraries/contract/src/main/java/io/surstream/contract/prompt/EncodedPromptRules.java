package io.surstream.contract.prompt;

import static io.surstream.contract.failure.Failures.invalid;

import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sampler holds an encoded prompt against, because another program may have written it: the same rules as of a
 * submitted one, on complete settings. Its tensors are the sampler's own to check. Pure.
 */
public final class EncodedPromptRules {
    private EncodedPromptRules() {}

    /** Everything that is wrong; empty when it can be sampled. The prompt's text may be empty: it is only kept. */
    public static List<Failure> problems(EncodedPrompt prompt, PromptRules rules) {
        List<Failure> problems = new ArrayList<>();
        int maxLength = rules.limits().maxPromptLength();
        TextRules.problem("prompt", prompt.getPrompt(), maxLength).ifPresent(problems::add);
        TextRules.problem("negative_prompt", prompt.getNegativePrompt(), maxLength)
                .ifPresent(problems::add);
        problems.addAll(settings(prompt.getSampling(), rules));
        float weight = prompt.getAdapterWeight();
        if (!(weight >= 0 && weight <= 1)) {
            problems.add(invalid("adapter_weight", weight, AdapterRules.WEIGHT));
        }
        return problems;
    }

    private static List<Failure> settings(SamplingSettings settings, PromptRules rules) {
        List<Failure> absent = new ArrayList<>();
        require(settings.hasSeed(), "seed", absent);
        require(settings.hasNumInferenceSteps(), "num_inference_steps", absent);
        require(settings.hasGuidanceScale(), "guidance_scale", absent);
        require(!settings.getScheduler().isEmpty(), "scheduler", absent);
        require(settings.hasNumImages(), "num_images", absent);
        require(settings.hasHeight(), "height", absent);
        require(settings.hasWidth(), "width", absent);
        if (!absent.isEmpty()) {
            return absent;
        }
        List<Failure> beyondLimits = SettingsRules.problems(settings, rules.limits());
        return beyondLimits.isEmpty() ? rules.model().problems(settings) : beyondLimits;
    }

    private static void require(boolean set, String field, List<Failure> absent) {
        if (!set) {
            absent.add(invalid(field, "absent", "set"));
        }
    }
}
