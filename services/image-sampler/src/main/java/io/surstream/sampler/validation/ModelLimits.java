package io.surstream.sampler.validation;

import io.surstream.contract.prompt.PromptRules;

/**
 * What the base model can sample, as this service sees it.
 *
 * @param revision names the base model's weights
 * @param embedLength L: tokens of a prompt's embedding
 * @param embedWidth d: length of one token's embedding
 * @param rules of operator and model
 */
public record ModelLimits(String revision, long embedLength, long embedWidth, PromptRules rules) {}
