package io.surstream.curator.inspect;

import io.surstream.models.image.ImageDecoder;
import io.surstream.models.image.PngWriter;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageTypeSpecifier;

/** One image file as the curator judges it, before and while it is decoded. One thread. */
final class ImageFile implements AutoCloseable {
    private final ImageDecoder decoder;
    private final FileFormat format;

    private ImageFile(ImageDecoder decoder, FileFormat format) {
        this.decoder = decoder;
        this.format = format;
    }

    static ImageFile open(byte[] file, FileFormat format) throws IOException {
        return new ImageFile(ImageDecoder.open(file, format.readerName()), format);
    }

    /** Pixels, from the header. */
    int width() throws IOException {
        return decoder.width();
    }

    /** Pixels, from the header. */
    int height() throws IOException {
        return decoder.height();
    }

    /** Whether a GIF has more than one image. */
    boolean isAnimated() throws IOException {
        return format == FileFormat.GIF && decoder.count() > 1;
    }

    String mediaType() {
        return "image/" + format.readerName();
    }

    /** PNG or JPEG with 8 bits of RGB or grey and no alpha, from the header. */
    boolean isNormal() throws IOException {
        ImageTypeSpecifier type = decoder.storedType();
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

    /** @throws IOException when the file is truncated or corrupt */
    void verify() throws IOException {
        decoder.verify();
    }

    /** The image as an 8-bit RGB PNG, transparent parts on white. */
    byte[] normalised() throws IOException {
        return PngWriter.plain(decoder.decode());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
