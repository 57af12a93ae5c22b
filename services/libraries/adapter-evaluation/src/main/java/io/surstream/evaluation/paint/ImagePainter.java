package io.surstream.evaluation.paint;

import io.surstream.models.image.RgbImage;
import java.util.List;

/** One way of drawing prompts: a model with this adapter, or with none. */
@FunctionalInterface
public interface ImagePainter {
    /** One image a request, in the order of the requests. */
    List<RgbImage> paint(List<PaintRequest> requests);
}
