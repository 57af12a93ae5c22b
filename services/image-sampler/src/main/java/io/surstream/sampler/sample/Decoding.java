package io.surstream.sampler.sample;

import io.surstream.models.image.RgbImage;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;

/** Image decoder, as this service sees it. Thread-safe. */
@FunctionalInterface
public interface Decoding {
    /** The images of latents [N, C, h, w], in order. */
    List<RgbImage> decode(FloatTensor latents);
}
