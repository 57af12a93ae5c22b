package io.surstream.models.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngWriterTest {
    @ParameterizedTest
    @CsvSource({"1,1", "3,5", "64,64", "17,40"})
    void any_reader_finds_the_same_pixels(int height, int width) throws IOException {
        RgbImage image = smooth(height, width);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngWriter.write(image, "a prompt")));

        assertEquals(width, read.getWidth());
        assertEquals(height, read.getHeight());
        for (int p = 0; p < height * width; p++) {
            int rgb = (image.rgb()[3 * p] & 0xff) << 16
                    | (image.rgb()[3 * p + 1] & 0xff) << 8
                    | image.rgb()[3 * p + 2] & 0xff;
            assertEquals(rgb, read.getRGB(p % width, p / width) & 0xffffff);
        }
    }

    @Test
    void parameters_stand_in_a_text_chunk_before_the_pixels() {
        byte[] png = PngWriter.write(smooth(8, 8), "a café\nSteps: 20");

        assertEquals("parameters\0a café\nSteps: 20", chunk(png, "tEXt", StandardCharsets.ISO_8859_1));
    }

    @Test
    void text_beyond_latin_1_goes_into_an_international_chunk() {
        byte[] png = PngWriter.write(smooth(8, 8), "三つの星 ⭐");

        assertEquals("parameters\0\0\0\0\0三つの星 ⭐", chunk(png, "iTXt", StandardCharsets.UTF_8));
    }

    @Test
    void a_smooth_image_takes_less_than_its_raw_bytes() {
        assertTrue(PngWriter.write(smooth(64, 64), "").length < 64 * 64 * 3);
    }

    private static String chunk(byte[] png, String type, Charset charset) {
        ByteBuffer in = ByteBuffer.wrap(png).position(8);
        while (in.hasRemaining()) {
            byte[] content = new byte[in.getInt()];
            byte[] name = new byte[4];
            in.get(name).get(content).getInt();
            if (new String(name, StandardCharsets.US_ASCII).equals(type)) {
                return new String(content, charset);
            }
        }
        throw new AssertionError("no chunk " + type);
    }

    private static RgbImage smooth(int height, int width) {
        Random random = new Random(1);
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % width * 3 + i / 3 / width * 2 + random.nextInt(3) + 40 * (i % 3));
        }
        return new RgbImage(height, width, rgb);
    }
}
