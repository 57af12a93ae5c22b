package io.surstream.curator.inspect;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files of every kind that a curator meets. */
public final class ImageFiles {
    private ImageFiles() {}

    public static byte[] png(int width, int height, int rgb) {
        return file(filled(width, height, BufferedImage.TYPE_INT_RGB, new Color(rgb)), "png");
    }

    public static byte[] jpeg(int width, int height) {
        return file(filled(width, height, BufferedImage.TYPE_INT_RGB, Color.RED), "jpg");
    }

    static byte[] greyJpeg(int width, int height) {
        return file(filled(width, height, BufferedImage.TYPE_BYTE_GRAY, Color.GRAY), "jpg");
    }

    /** Left half opaque red, right half fully transparent. */
    static byte[] pngWithAlpha(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.RED);
        canvas.fillRect(0, 0, width / 2, height);
        canvas.dispose();
        return file(image, "png");
    }

    static byte[] png16(int width, int height) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        fill(raster, 0xffff, 0x8080, 0);
        return file(new BufferedImage(model, raster, false, null), "png");
    }

    static byte[] pngWithPalette(int width, int height) {
        byte[] reds = {0, (byte) 255};
        byte[] others = {0, 0};
        IndexColorModel model = new IndexColorModel(1, 2, reds, others, others);
        return file(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model), "png");
    }

    static byte[] gif(int width, int height) {
        return file(filled(width, height, BufferedImage.TYPE_INT_RGB, Color.BLUE), "gif");
    }

    static byte[] animatedGif(int width, int height) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (Color colour : new Color[] {Color.RED, Color.BLUE}) {
                BufferedImage frame = filled(width, height, BufferedImage.TYPE_INT_RGB, colour);
                writer.writeToSequence(new IIOImage(frame, null, null), null);
            }
            writer.endWriteSequence();
        }
        return bytes.toByteArray();
    }

    /** A PNG that says it has two frames. */
    static byte[] animatedPng(int width, int height) {
        byte[] png = png(width, height, 0xff0000);
        int afterHeader = 8 + 12 + 13;
        byte[] chunk = chunk("acTL", ByteBuffer.allocate(8).putInt(2).array());
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, afterHeader)
                .put(chunk)
                .put(png, afterHeader, png.length - afterHeader)
                .array();
    }

    /** A whole header, and next to nothing behind it. */
    public static byte[] pngHeader(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        byte[] start = chunk("IHDR", header);
        byte[] pixels = chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 0x63, 0, 0});
        return ByteBuffer.allocate(8 + start.length + pixels.length)
                .put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1))
                .put(start)
                .put(pixels)
                .array();
    }

    /** Pure black ink, inverted as Adobe's programs write it. */
    static byte[] cmykJpeg(int width, int height) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        fill(raster, 255, 255, 255, 0);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        }
        return withAdobeMarker(bytes.toByteArray());
    }

    /** A lossless WebP of one pixel. */
    static byte[] webp() {
        return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    }

    /** A WebP whose extended header says that it moves. */
    static byte[] animatedWebp() {
        return ByteBuffer.allocate(30)
                .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(Integer.reverseBytes(22))
                .put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(Integer.reverseBytes(10))
                .put((byte) 2)
                .array();
    }

    private static byte[] withAdobeMarker(byte[] jpeg) {
        byte[] marker = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return ByteBuffer.allocate(jpeg.length + marker.length)
                .put(jpeg, 0, 2)
                .put(marker)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    private static void fill(WritableRaster raster, int... pixel) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                raster.setPixel(x, y, pixel);
            }
        }
    }

    private static BufferedImage filled(int width, int height, int type, Color colour) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, width, height);
        canvas.dispose();
        return image;
    }

    private static byte[] file(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer for " + format);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
