package io.surstream.contract.prompt;

/**
 * What an operator allows; a model may allow less.
 *
 * @param maxPromptLength most characters (Unicode code points) of a prompt or a negative prompt
 * @param maxSteps most inference steps of an image
 * @param maxGuidanceScale largest guidance scale
 * @param maxImages most images of one job
 * @param maxSide most pixels of an image's height and of its width
 */
public record PromptLimits(int maxPromptLength, int maxSteps, double maxGuidanceScale, int maxImages, int maxSide) {
    /** The defaults of all services. */
    public static final PromptLimits STANDARD = new PromptLimits(10_000, 1_000, 100, 16, 2_048);

    /** The most that an operator can allow: what these refuse, no installation accepts. */
    public static final PromptLimits WIDEST = new PromptLimits(100_000, 1_000, 1_000, 1_024, 1 << 16);

    /** @throws IllegalArgumentException naming the limit that cannot be */
    public PromptLimits {
        check("max-prompt-length", maxPromptLength, 1, 100_000);
        check("max-steps", maxSteps, 1, 1_000);
        check("max-guidance-scale", maxGuidanceScale, 1, 1_000);
        check("max-images", maxImages, 1, 1_024);
        check("max-side", maxSide, 8, 1 << 16);
    }

    private static void check(String name, double value, int min, int max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + " but is " + value);
        }
    }
}
