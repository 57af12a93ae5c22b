package io.surstream.curator.inspect;

import io.surstream.contract.Sha256;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Decides whether a file is an image to train on. Dimensions are checked before anything is decoded; the whole image
 * is decoded once, so that a truncated file is found here. What is not 8-bit RGB or grey without alpha becomes a PNG
 * that is: alpha on white, 16 bits to 8, CMYK, palettes and WebP to RGB. Thread-safe; decodes at most the limit of
 * pixels at a time.
 */
public final class ImageInspector {
    private final ImageLimits limits;
    private final Semaphore pixels;

    public ImageInspector(ImageLimits limits) {
        this.limits = limits;
        this.pixels = new Semaphore(limits.maxPixels());
    }

    /** @param file the whole file; not changed */
    public FilterResult<InspectedImage> inspect(byte[] file) {
        Optional<FileFormat> format = FileFormat.of(file);
        if (format.isEmpty()) {
            return refused("not-a-supported-image");
        }
        if (format.get().saysAnimated(file)) {
            return refused("animated");
        }
        try (ImageFile image = ImageFile.open(file, format.get())) {
            return inspect(file, image);
        } catch (IOException | RuntimeException e) {
            // Decoders answer broken files with exceptions of every kind.
            return refused("corrupt-image");
        }
    }

    private FilterResult<InspectedImage> inspect(byte[] file, ImageFile image) throws IOException {
        int width = image.width();
        int height = image.height();
        if (Math.max(width, height) > limits.maxSide() || (long) width * height > limits.maxPixels()) {
            return refused("too-many-pixels");
        }
        if (Math.min(width, height) < limits.minSide()) {
            return refused("too-few-pixels");
        }
        if (image.isAnimated()) {
            return refused("animated");
        }
        pixels.acquireUninterruptibly(width * height);
        try {
            boolean normal = image.isNormal();
            byte[] bytes = normal ? file : image.normalised();
            if (normal) {
                image.verify();
            }
            String type = normal ? image.mediaType() : "image/png";
            return FilterResult.kept(new InspectedImage(bytes, type, width, height, Sha256.of(bytes), !normal));
        } finally {
            pixels.release(width * height);
        }
    }

    private static FilterResult<InspectedImage> refused(String reason) {
        return FilterResult.rejected(Stage.INSPECT, reason);
    }
}
