package io.surstream.trainer.images;

import io.surstream.models.image.ImageDecoder;
import io.surstream.models.image.RgbImage;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.trainer.images.UnusableImageException.Reason;
import io.surstream.v1.ObjectReference;
import java.io.IOException;
import java.util.Optional;

/**
 * Gets images from the store and decodes them with ImageIO: PNG, JPEG (CMYK too), WebP, GIF, BMP. The header is looked
 * at before anything is decoded. What shines through is put on white; of a moving image the first frame counts.
 * Thread-safe.
 */
public final class TrainingImageReader {
    private final ObjectStore objects;
    private final long maxBytes;
    private final long maxPixels;

    /**
     * @param maxBytes largest file
     * @param maxPixels most pixels
     */
    public TrainingImageReader(ObjectStore objects, long maxBytes, long maxPixels) {
        this.objects = objects;
        this.maxBytes = maxBytes;
        this.maxPixels = maxPixels;
    }

    /** @throws UnusableImageException when the image cannot be used, however often one tries */
    public RgbImage read(ObjectReference image) throws UnusableImageException {
        String name = image.getKey();
        if (image.getSize() > maxBytes) {
            throw new UnusableImageException(
                    Reason.TOO_MANY_BYTES, name + " has " + image.getSize() + " bytes; the limit is " + maxBytes);
        }
        try {
            return decode(name, objects.get(name));
        } catch (ObjectNotFoundException | ChecksumMismatchException e) {
            throw new UnusableImageException(Reason.MISSING, e.getMessage(), e);
        }
    }

    RgbImage decode(String name, byte[] file) throws UnusableImageException {
        try {
            Optional<ImageDecoder> opened = ImageDecoder.open(file);
            if (opened.isEmpty()) {
                throw new UnusableImageException(Reason.UNKNOWN_FORMAT, name + " is no image of a known format");
            }
            try (ImageDecoder decoder = opened.get()) {
                return decode(name, decoder);
            }
        } catch (IOException | RuntimeException e) {
            // Broken files make the decoders throw all sorts of things.
            throw new UnusableImageException(Reason.UNREADABLE, name + " cannot be decoded: " + e, e);
        }
    }

    private RgbImage decode(String name, ImageDecoder image) throws IOException, UnusableImageException {
        long pixels = (long) image.width() * image.height();
        if (pixels > maxPixels || pixels < 1) {
            throw new UnusableImageException(
                    Reason.TOO_MANY_PIXELS,
                    name + " has " + image.width() + "x" + image.height() + " pixels; the limit is " + maxPixels
                            + " in all");
        }
        return RgbImage.of(image.decode());
    }
}
