package io.surstream.models.pipeline;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the sampling loop works on.
 *
 * @param promptEmbeds [1,L,d]
 * @param negativePromptEmbeds [1,L,d]; not looked at without guidance
 * @param initialLatents [images,C,h,w] unit noise in place of the seeds' own
 */
public record DenoisingJob(
        FloatTensor promptEmbeds,
        FloatTensor negativePromptEmbeds,
        Sampling sampling,
        Optional<FloatTensor> initialLatents) {

    public DenoisingJob {
        check("prompt_embeds", promptEmbeds);
        check("negative_prompt_embeds", negativePromptEmbeds);
        if (sampling.guidanceScale() > 1 && !Arrays.equals(promptEmbeds.shape(), negativePromptEmbeds.shape())) {
            throw new IllegalArgumentException("negative_prompt_embeds must have the shape of prompt_embeds, "
                    + Arrays.toString(promptEmbeds.shape()) + ", but has "
                    + Arrays.toString(negativePromptEmbeds.shape()));
        }
    }

    private static void check(String name, FloatTensor embeds) {
        if (embeds.shape().length != 3 || embeds.shape()[0] != 1) {
            throw new IllegalArgumentException(
                    name + " must have shape [1,L,d] but has " + Arrays.toString(embeds.shape()));
        }
        for (float value : embeds.data()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(name + " must be finite but holds " + value);
            }
        }
    }
}
