package io.surstream.models.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDecoderTest {
    private static final int WIDTH = 61;
    private static final int HEIGHT = 37;

    static Stream<Named<byte[]>> files() {
        return Stream.of(
                Named.of("RGB as PNG", png(noise(BufferedImage.TYPE_INT_RGB))),
                Named.of("RGB as JPEG", file(noise(BufferedImage.TYPE_INT_RGB), "jpg")),
                Named.of("RGB as BMP", file(noise(BufferedImage.TYPE_INT_RGB), "bmp")),
                Named.of("alpha of every strength", png(noise(BufferedImage.TYPE_INT_ARGB))),
                Named.of("grey", png(noise(BufferedImage.TYPE_BYTE_GRAY))),
                Named.of("grey as JPEG", file(noise(BufferedImage.TYPE_BYTE_GRAY), "jpg")),
                Named.of("grey of 16 bits", png(noise(BufferedImage.TYPE_USHORT_GRAY))),
                Named.of("RGB of 16 bits", png(deep(false))),
                Named.of("RGB and alpha of 16 bits", png(deep(true))),
                Named.of("a palette", png(noise(BufferedImage.TYPE_BYTE_INDEXED))),
                Named.of("black and white", png(noise(BufferedImage.TYPE_BYTE_BINARY))),
                Named.of("GIF", file(noise(BufferedImage.TYPE_BYTE_INDEXED), "gif")));
    }

    /** What training has computed from a file may not change with a release. */
    @ParameterizedTest
    @MethodSource("files")
    void pixels_are_those_of_the_image_drawn_on_a_white_canvas_of_packed_integers(byte[] file) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        BufferedImage canvas = drawnOnWhite(decoded, BufferedImage.TYPE_INT_RGB);

        assertArrayEquals(RgbImage.of(canvas).rgb(), rgb(file).rgb());
    }

    /** The name of a curated image is the digest of this file. */
    @ParameterizedTest
    @MethodSource("files")
    void a_file_written_again_is_that_of_the_image_drawn_on_a_white_canvas_of_bytes(byte[] file) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
        byte[] expected = png(drawnOnWhite(decoded, BufferedImage.TYPE_3BYTE_BGR));

        try (ImageDecoder decoder = ImageDecoder.open(file).orElseThrow()) {
            assertArrayEquals(expected, PngWriter.plain(decoder.decode()));
        }
    }

    @Test
    void opaque_rgb_comes_out_as_it_went_in() throws IOException {
        BufferedImage image = noise(BufferedImage.TYPE_INT_RGB);

        RgbImage read = rgb(png(image));

        assertEquals(WIDTH, read.width());
        assertEquals(HEIGHT, read.height());
        assertArrayEquals(pixels(image), pixels(read.toBufferedImage()));
    }

    @Test
    void transparent_parts_are_white_whatever_colour_they_hide() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00123456);

        assertArrayEquals(new byte[] {-1, -1, -1}, rgb(png(image)).rgb());
    }

    @Test
    void a_truncated_jpeg_is_refused_though_its_decoder_only_warns() throws IOException {
        byte[] whole = file(noise(BufferedImage.TYPE_INT_RGB), "jpg");
        byte[] torn = Arrays.copyOf(whole, whole.length * 2 / 3);

        try (ImageDecoder decoder = ImageDecoder.open(torn, "jpeg")) {
            assertThrows(IIOException.class, decoder::decode);
        }
        try (ImageDecoder decoder = ImageDecoder.open(torn, "jpeg")) {
            assertThrows(IIOException.class, decoder::verify);
        }
    }

    @Test
    void what_no_decoder_recognizes_is_not_opened() {
        assertTrue(
                ImageDecoder.open("<svg/>".getBytes(StandardCharsets.US_ASCII)).isEmpty());
        assertThrows(IOException.class, () -> ImageDecoder.open(new byte[0], "no such format"));
    }

    private static RgbImage rgb(byte[] file) throws IOException {
        try (ImageDecoder decoder = ImageDecoder.open(file).orElseThrow()) {
            return RgbImage.of(decoder.decode());
        }
    }

    private static BufferedImage drawnOnWhite(BufferedImage image, int type) {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), type);
        Graphics2D canvas = opaque.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        return opaque;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static BufferedImage noise(int type) {
        return filled(new BufferedImage(WIDTH, HEIGHT, type));
    }

    private static BufferedImage deep(boolean alpha) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_USHORT);
        return filled(new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null));
    }

    private static BufferedImage filled(BufferedImage image) {
        Random random = new Random(5);
        int[] most = image.getSampleModel().getSampleSize();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int band = 0; band < most.length; band++) {
                    image.getRaster().setSample(x, y, band, random.nextInt(1 << most[band]));
                }
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) {
        return file(image, "png");
    }

    private static byte[] file(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertTrue(ImageIO.write(image, format, out), format);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
