package io.surstream.trainer.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.models.image.RgbImage;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.trainer.images.UnusableImageException.Reason;
import io.surstream.v1.ObjectReference;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrainingImageReaderTest {
    private final InMemoryObjectStore objects = new InMemoryObjectStore("test");
    private final TrainingImageReader reader = new TrainingImageReader(objects, 100_000, 1_000_000);

    private static byte[] file(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private Reason reason(byte[] file) {
        return assertThrows(UnusableImageException.class, () -> reader.decode("it", file))
                .reason();
    }

    @Test
    void pixels_come_row_by_row_as_red_green_and_blue() throws Exception {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010203);
        image.setRGB(1, 0, 0xfffefd);

        RgbImage read = reader.decode("it", file(image, "png"));

        assertEquals(2, read.width());
        assertArrayEquals(new byte[] {1, 2, 3, -1, -2, -3}, read.rgb());
    }

    @Test
    void what_shines_through_is_put_on_white_and_16_bits_become_8() throws Exception {
        BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        assertArrayEquals(
                new byte[] {-1, -1, -1}, reader.decode("it", file(clear, "png")).rgb());

        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 0xffff);
        assertArrayEquals(
                new byte[] {-1, -1, -1}, reader.decode("it", file(deep, "png")).rgb());
    }

    @Test
    void a_huge_image_is_refused_by_its_header() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        fields.writeInt(50_000);
        fields.writeInt(50_000);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        DataOutputStream chunk = new DataOutputStream(out);
        chunk.writeInt(13);
        chunk.write(header.toByteArray());
        chunk.writeInt((int) crc.getValue());

        assertEquals(Reason.TOO_MANY_PIXELS, reason(out.toByteArray()));
    }

    @Test
    void what_is_broken_or_no_image_has_its_own_reason() throws Exception {
        byte[] whole = file(new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB), "png");

        assertEquals(Reason.UNREADABLE, reason(Arrays.copyOf(whole, 100)));
        assertEquals(Reason.UNKNOWN_FORMAT, reason("<html>".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void what_is_missing_or_too_large_is_not_read() {
        ObjectReference reference = ObjectReference.newBuilder().setKey("gone").build();

        assertEquals(
                Reason.MISSING,
                assertThrows(UnusableImageException.class, () -> reader.read(reference))
                        .reason());
        assertEquals(
                Reason.TOO_MANY_BYTES,
                assertThrows(
                                UnusableImageException.class,
                                () -> reader.read(
                                        reference.toBuilder().setSize(100_001).build()))
                        .reason());
    }
}
