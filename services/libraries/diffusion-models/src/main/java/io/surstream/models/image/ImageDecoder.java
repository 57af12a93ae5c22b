package io.surstream.models.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One image file before and while ImageIO decodes it: PNG, JPEG, GIF, BMP, and what further decoders are on the class path
 * (WebP, CMYK). Metadata are never inflated. Broken files may also end any method with a {@link RuntimeException} of the
 * decoder. One thread.
 */
public final class ImageDecoder implements AutoCloseable {
    /** Pixels of each side that an image has at most when it is decoded only to see whether it can be. */
    private static final int VERIFIED_SIDE = 256;

    private final ImageReader reader;
    private String warning;

    private ImageDecoder(ImageReader reader, ImageInputStream file, boolean forwardOnly) {
        this.reader = reader;
        reader.addIIOReadWarningListener((source, message) -> warning = message);
        reader.setInput(file, forwardOnly, true);
    }

    /** The decoder that recognizes the file; empty where none does. */
    public static Optional<ImageDecoder> open(byte[] file) {
        ImageInputStream in = stream(file);
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        return readers.hasNext() ? Optional.of(new ImageDecoder(readers.next(), in, true)) : Optional.empty();
    }

    /**
     * The decoder of a format.
     *
     * @param format ImageIO's name of it
     * @throws IOException when there is none
     */
    public static ImageDecoder open(byte[] file, String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new IOException("no decoder for " + format);
        }
        // Images of a GIF are counted, which needs steps back.
        return new ImageDecoder(readers.next(), stream(file), !format.equals("gif"));
    }

    private static ImageInputStream stream(byte[] file) {
        return new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
    }

    /** Pixels, from the header. */
    public int width() throws IOException {
        return reader.getWidth(0);
    }

    /** Pixels, from the header. */
    public int height() throws IOException {
        return reader.getHeight(0);
    }

    /** How many images are in the file; for a format that was named. */
    public int count() throws IOException {
        return reader.getNumImages(true);
    }

    /** How the file stores colours, from the header; null where ImageIO has no type for it. */
    public ImageTypeSpecifier storedType() throws IOException {
        return reader.getRawImageType(0);
    }

    /**
     * Decodes every row and keeps few.
     *
     * @throws IOException when the file is truncated or corrupt
     */
    public void verify() throws IOException {
        ImageReadParam sparse = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width(), height()) / VERIFIED_SIDE);
        sparse.setSourceSubsampling(step, step, 0, 0);
        reader.read(0, sparse);
        requireWhole();
    }

    /**
     * The first image as opaque 8-bit RGB, transparent parts on white.
     *
     * @throws IOException when the file is truncated or corrupt
     */
    public BufferedImage decode() throws IOException {
        BufferedImage image = reader.read(0);
        requireWhole();
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = opaque.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        return opaque;
    }

    /** A truncated JPEG is filled with grey, and the decoder only warns. */
    private void requireWhole() throws IIOException {
        if (warning != null && warning.matches("(?i).*(premature|corrupt|truncated|end of (file|input)).*")) {
            throw new IIOException(warning);
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
