package io.surstream.sampler.validation;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.sampler.Prompts;

/** A model without limits of its own. */
public final class AnythingGoes {
    private AnythingGoes() {}

    public static ModelLimits limits() {
        return new ModelLimits(Prompts.REVISION, Prompts.LENGTH, Prompts.WIDTH, PromptRules.of(PromptLimits.STANDARD));
    }
}
