package io.surstream.models.pipeline;

import java.util.Locale;
import java.util.Map;

/**
 * How an image came about, in the text form that AUTOMATIC1111's web UI writes into PNG files and other tools read.
 *
 * @param scheduler short name
 * @param seed of this image, unsigned
 * @param model name of the model
 * @param adapter what the prompt's embeddings passed through
 */
public record ImageParameters(
        String prompt,
        String negativePrompt,
        int steps,
        String scheduler,
        double guidanceScale,
        long seed,
        int height,
        int width,
        String model,
        Adapter adapter) {
    private static final Map<String, String> SAMPLERS = Map.of(
            "ddim", "DDIM",
            "pndm", "PLMS",
            "euler", "Euler",
            "euler-ancestral", "Euler a",
            "dpmpp-2m", "DPM++ 2M",
            "dpmpp-2m-karras", "DPM++ 2M Karras",
            "dpmpp-2m-sde", "DPM++ 2M SDE",
            "unipc", "UniPC",
            "lcm", "LCM",
            "ddpm", "DDPM");

    /**
     * As {@code EncodedPrompt} has it.
     *
     * @param weight λ; with 0 the embeddings are the text encoder's own
     */
    public record Adapter(String revision, float weight) {
        public static final Adapter NONE = new Adapter("none", 0);
    }

    /** Of image n of a job. */
    public static ImageParameters of(
            String prompt, String negativePrompt, Sampling sampling, int image, String model, Adapter adapter) {
        return new ImageParameters(
                prompt,
                negativePrompt,
                sampling.steps(),
                sampling.scheduler(),
                sampling.guidanceScale(),
                sampling.seed() + image,
                sampling.height(),
                sampling.width(),
                model,
                adapter);
    }

    /** Prompt, negative prompt if there is one, then one line of settings. */
    public String text() {
        StringBuilder text = new StringBuilder(prompt).append('\n');
        if (!negativePrompt.isEmpty()) {
            text.append("Negative prompt: ").append(negativePrompt).append('\n');
        }
        text.append("Steps: ").append(steps);
        text.append(", Sampler: ").append(SAMPLERS.getOrDefault(scheduler, scheduler));
        text.append(", CFG scale: ").append(number(guidanceScale));
        text.append(", Seed: ").append(Long.toUnsignedString(seed));
        text.append(", Size: ").append(width).append('x').append(height);
        text.append(", Model: ").append(model);
        if (adapter.weight() != 0) {
            text.append(", SUR adapter: ").append(adapter.revision());
            text.append(" (").append(adapter.weight()).append(')');
        }
        return text.toString();
    }

    private static String number(double value) {
        // a float's own digits: 7.5 and not 7.5000001
        String text = String.format(Locale.ROOT, "%s", (float) value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
