package io.surstream.curator.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.Sha256;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageInspectorTest {
    private final ImageInspector inspector = new ImageInspector(new ImageLimits(16, 4096, 1 << 20));

    @Test
    void eight_bit_png_and_jpeg_stay_as_they_came() {
        for (byte[] file :
                List.of(ImageFiles.png(40, 30, 0xff0000), ImageFiles.jpeg(40, 30), ImageFiles.greyJpeg(40, 30))) {
            InspectedImage image = kept(file);

            assertArrayEquals(file, image.bytes());
            assertFalse(image.normalised());
            assertEquals(40, image.width());
            assertEquals(30, image.height());
            assertEquals(Sha256.of(file), image.sha256());
        }
        assertEquals(".jpg", kept(ImageFiles.jpeg(40, 30)).extension());
    }

    @Test
    void alpha_lies_on_white_afterwards() throws IOException {
        BufferedImage image = normalised(ImageFiles.pngWithAlpha(40, 30));

        assertEquals(0xffff0000, image.getRGB(5, 5));
        assertEquals(0xffffffff, image.getRGB(35, 5));
    }

    @Test
    void sixteen_bits_become_eight() throws IOException {
        BufferedImage image = normalised(ImageFiles.png16(40, 30));

        assertEquals(8, image.getColorModel().getComponentSize(0));
        assertEquals(0xff, image.getRGB(5, 5) >> 16 & 0xff);
        assertEquals(0x80, image.getRGB(5, 5) >> 8 & 0xff, 1);
    }

    @Test
    void palettes_still_gifs_and_webp_become_rgb() throws IOException {
        assertEquals(40, normalised(ImageFiles.pngWithPalette(40, 30)).getWidth());
        assertEquals(0xff0000ff, normalised(ImageFiles.gif(40, 30)).getRGB(5, 5));
        ImageInspector tiny = new ImageInspector(new ImageLimits(1, 100, 10_000));
        assertTrue(((FilterResult.Kept<InspectedImage>) tiny.inspect(ImageFiles.webp()))
                .value()
                .normalised());
    }

    @Test
    void cmyk_becomes_rgb() throws IOException {
        int pixel = normalised(ImageFiles.cmykJpeg(40, 30)).getRGB(5, 5);

        for (int shift : new int[] {0, 8, 16}) {
            assertTrue((pixel >> shift & 0xff) < 90, Integer.toHexString(pixel));
        }
    }

    @Test
    void what_moves_is_refused() throws IOException {
        assertRefused("animated", ImageFiles.animatedGif(40, 30));
        assertRefused("animated", ImageFiles.animatedPng(40, 30));
        assertRefused("animated", ImageFiles.animatedWebp());
    }

    @Test
    void a_header_of_fifty_thousand_pixels_a_side_is_refused_before_decoding() {
        assertRefused("too-many-pixels", ImageFiles.pngHeader(50_000, 50_000));
        assertRefused("too-many-pixels", ImageFiles.pngHeader(4_097, 20));
        assertRefused("too-many-pixels", ImageFiles.pngHeader(2_000, 2_000));
    }

    @Test
    void an_image_that_is_too_small_is_refused() {
        assertRefused("too-few-pixels", ImageFiles.png(15, 40, 0));
    }

    @Test
    void torn_files_are_refused() {
        byte[] png = ImageFiles.png(400, 300, 0xff0000);
        byte[] jpeg = ImageFiles.jpeg(400, 300);

        assertRefused("corrupt-image", Arrays.copyOf(png, png.length * 2 / 3));
        assertRefused("corrupt-image", Arrays.copyOf(jpeg, jpeg.length * 2 / 3));
        assertRefused("corrupt-image", Arrays.copyOf(png, 20));
        assertRefused("corrupt-image", ImageFiles.pngHeader(100, 100));
    }

    @Test
    void what_is_no_image_is_refused() {
        assertRefused("not-a-supported-image", new byte[0]);
        assertRefused("not-a-supported-image", "<svg onload='x'/>".getBytes(StandardCharsets.UTF_8));
        assertRefused("not-a-supported-image", "BM123456789".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void no_byte_changed_anywhere_makes_the_inspector_throw() throws IOException {
        Random random = new Random(7);
        for (byte[] file : List.of(
                ImageFiles.png(40, 30, 0xff0000),
                ImageFiles.jpeg(40, 30),
                ImageFiles.gif(40, 30),
                ImageFiles.webp(),
                ImageFiles.cmykJpeg(40, 30))) {
            for (int i = 0; i < 300; i++) {
                byte[] changed = file.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);

                assertNotNull(inspector.inspect(changed));
            }
        }
    }

    private InspectedImage kept(byte[] file) {
        FilterResult<InspectedImage> outcome = inspector.inspect(file);
        assertTrue(outcome instanceof FilterResult.Kept, outcome::toString);
        return ((FilterResult.Kept<InspectedImage>) outcome).value();
    }

    private BufferedImage normalised(byte[] file) throws IOException {
        InspectedImage image = kept(file);
        assertTrue(image.normalised());
        assertEquals("image/png", image.type());
        assertFalse(kept(image.bytes()).normalised(), "its normal form is normal");
        return ImageIO.read(new ByteArrayInputStream(image.bytes()));
    }

    private void assertRefused(String reason, byte[] file) {
        assertEquals(FilterResult.rejected(Stage.INSPECT, reason), inspector.inspect(file));
    }
}
