package io.surstream.encoder.validation;

import io.surstream.contract.prompt.ModelRules;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.List;

/** A model that can do everything and fills nothing in. */
public class AsAsked implements ModelRules {
    /** Prompts of at most 100 characters. */
    public static PromptRules rules(ModelRules model) {
        return new PromptRules(new PromptLimits(100, 1_000, 100, 16, 2_048), model);
    }

    @Override
    public SamplingSettings complete(SamplingSettings asked) {
        return asked;
    }

    @Override
    public List<Failure> problems(SamplingSettings complete) {
        return List.of();
    }
}
