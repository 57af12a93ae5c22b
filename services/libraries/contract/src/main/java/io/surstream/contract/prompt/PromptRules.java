package io.surstream.contract.prompt;

/**
 * What a prompt is held against.
 *
 * @param limits the operator's
 * @param model the base model's, or {@link ModelRules#NONE}
 */
public record PromptRules(PromptLimits limits, ModelRules model) {
    public static PromptRules of(PromptLimits limits) {
        return new PromptRules(limits, ModelRules.NONE);
    }
}
