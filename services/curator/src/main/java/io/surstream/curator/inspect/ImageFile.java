package io.surstream.curator.inspect;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** One image file before and while it is decoded. One thread. */
final class ImageFile implements AutoCloseable {
    /** Pixels of each side that an image has at most when it is decoded only to see whether it can be. */
    private static final int VERIFIED_SIDE = 256;

    private final ImageReader reader;
    private final FileFormat format;
    private String warning;

    private ImageFile(ImageReader reader, FileFormat format) {
        this.reader = reader;
        this.format = format;
        reader.addIIOReadWarningListener((source, message) -> warning = message);
    }

    static ImageFile open(byte[] file, FileFormat format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.readerName());
        if (!readers.hasNext()) {
            throw new IOException("no decoder for " + format);
        }
        ImageFile image = new ImageFile(readers.next(), format);
        // Images of a GIF are counted, which needs steps back. Metadata are never inflated.
        image.reader.setInput(
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), format != FileFormat.GIF, true);
        return image;
    }

    /** Pixels, from the header. */
    int width() throws IOException {
        return reader.getWidth(0);
    }

    /** Pixels, from the header. */
    int height() throws IOException {
        return reader.getHeight(0);
    }

    /** Whether a GIF has more than one image. */
    boolean isAnimated() throws IOException {
        return format == FileFormat.GIF && reader.getNumImages(true) > 1;
    }

    String mediaType() {
        return "image/" + format.readerName();
    }

    /** PNG or JPEG with 8 bits of RGB or grey and no alpha, from the header. */
    boolean isNormal() throws IOException {
        ImageTypeSpecifier type = reader.getRawImageType(0);
        if (type == null || format != FileFormat.PNG && format != FileFormat.JPEG) {
            return false;
        }
        ColorModel colours = type.getColorModel();
        int space = colours.getColorSpace().getType();
        return !(colours instanceof IndexColorModel)
                && colours.getTransparency() == Transparency.OPAQUE
                && (space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_YCbCr)
                && IntStream.of(colours.getComponentSize()).allMatch(bits -> bits == 8);
    }

    /**
     * Decodes every row and keeps few.
     *
     * @throws IOException when the file is truncated or corrupt
     */
    void verify() throws IOException {
        ImageReadParam sparse = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width(), height()) / VERIFIED_SIDE);
        sparse.setSourceSubsampling(step, step, 0, 0);
        decode(sparse);
    }

    /** The image as an 8-bit RGB PNG, transparent parts on white. */
    byte[] normalised() throws IOException {
        BufferedImage image = decode(reader.getDefaultReadParam());
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = plain.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(plain, "png", png);
        return png.toByteArray();
    }

    private BufferedImage decode(ImageReadParam how) throws IOException {
        BufferedImage image = reader.read(0, how);
        // A truncated JPEG is filled with grey, and only a warning tells.
        if (warning != null && warning.matches("(?i).*(premature|corrupt|truncated|end of (file|input)).*")) {
            throw new IIOException(warning);
        }
        return image;
    }

    @Override
    public void close() {
        reader.dispose();
    }
}
