package io.surstream.trainer.images;

import io.surstream.models.pipeline.RgbImage;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.trainer.images.UnusableImageException.Reason;
import io.surstream.v1.ObjectReference;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

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
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UnusableImageException(Reason.UNKNOWN_FORMAT, name + " is no image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return decode(name, reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Broken files make the decoders throw all sorts of things.
            throw new UnusableImageException(Reason.UNREADABLE, name + " cannot be decoded: " + e, e);
        }
    }

    private RgbImage decode(String name, ImageReader reader) throws IOException, UnusableImageException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > maxPixels || pixels < 1) {
            throw new UnusableImageException(
                    Reason.TOO_MANY_PIXELS,
                    name + " has " + reader.getWidth(0) + "x" + reader.getHeight(0) + " pixels; the limit is "
                            + maxPixels + " in all");
        }
        BufferedImage decoded = reader.read(0);
        BufferedImage opaque = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = opaque.createGraphics();
        canvas.drawImage(decoded, 0, 0, Color.WHITE, null);
        canvas.dispose();
        int[] packed = opaque.getRGB(0, 0, opaque.getWidth(), opaque.getHeight(), null, 0, opaque.getWidth());
        byte[] rgb = new byte[packed.length * 3];
        for (int i = 0; i < packed.length; i++) {
            rgb[3 * i] = (byte) (packed[i] >> 16);
            rgb[3 * i + 1] = (byte) (packed[i] >> 8);
            rgb[3 * i + 2] = (byte) packed[i];
        }
        return new RgbImage(opaque.getHeight(), opaque.getWidth(), rgb);
    }
}
