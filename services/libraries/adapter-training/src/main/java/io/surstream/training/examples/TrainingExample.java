package io.surstream.training.examples;

import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Optional;

/**
 * What the frozen networks say about one triple. Shapes: L token positions, C width of the text states, C' h w of the
 * latents, W width of the teacher.
 *
 * @param simpleStates [L,C] of the plain prompt
 * @param complexStates [L,C] of the keyword prompt
 * @param views the image, and where it may be mirrored also its mirror image; empty only for runs without denoising
 * @param teacher [W]; absent only for runs without distillation
 */
public record TrainingExample(
        FloatTensor simpleStates, FloatTensor complexStates, List<LatentMoments> views, Optional<FloatTensor> teacher) {
    public TrainingExample {
        views = List.copyOf(views);
    }

    /**
     * The autoencoder's distribution over latents, already scaled as the UNet takes them.
     *
     * @param mean [C',h,w]
     * @param std [C',h,w]
     */
    public record LatentMoments(FloatTensor mean, FloatTensor std) {}
}
