package io.surstream.serviceruntime.config;

import io.smallrye.config.WithDefault;
import io.surstream.contract.prompt.PromptLimits;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.hibernate.validator.constraints.Range;

/** The largest job that a service takes. */
public interface SamplingLimits {
    /** Maximum length of a prompt or a negative prompt, in Unicode code points; 1 to 100,000. */
    @WithDefault("${surstream.max-prompt-length:10000}")
    @Range(min = 1, max = 100_000, message = Messages.RANGE)
    int maxPromptLength();

    /** Maximum number of inference steps of an image; 1 to 1,000. */
    @WithDefault("${surstream.max-steps:1000}")
    @Range(min = 1, max = 1000, message = Messages.RANGE)
    int maxSteps();

    /** Maximum length of an image's longer side, in pixels; 8 to 65,536. */
    @WithDefault("${surstream.max-side:2048}")
    @Range(min = 8, max = 65_536, message = Messages.RANGE)
    int maxSide();

    /** Maximum guidance scale; 1 to 1,000. */
    @WithDefault("${surstream.max-guidance-scale:100}")
    @DecimalMin(value = "1", message = "must be 1..1000 but is ${validatedValue}") @DecimalMax(value = "1000", message = "must be 1..1000 but is ${validatedValue}") double maxGuidanceScale();

    /** Maximum number of images of a job; 1 to 1,024. */
    @WithDefault("${surstream.max-images:16}")
    @Range(min = 1, max = 1024, message = Messages.RANGE)
    int maxImages();

    /** All of them. */
    default PromptLimits limits() {
        return new PromptLimits(maxPromptLength(), maxSteps(), maxGuidanceScale(), maxImages(), maxSide());
    }
}
