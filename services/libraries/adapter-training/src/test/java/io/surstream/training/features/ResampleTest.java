package io.surstream.training.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.surstream.models.image.RgbImage;
import org.junit.jupiter.api.Test;

/** Against Pillow 13's {@code resize(…, BILINEAR)} of the 5×4 image with bytes 37 i mod 256. */
class ResampleTest {
    private static final int[] SMALLER = {
        97, 113, 103, 115, 89, 126, 139, 114, 127, 122, 139, 114, 140, 114, 130, 110, 147, 121
    };
    private static final int[] LARGER_FIRST = {
        0, 37, 74, 56, 93, 130, 130, 124, 161, 203, 27, 64, 150, 59, 96, 77, 114, 151, 107, 144, 35, 90, 127, 91
    };

    @Test
    void a_smaller_image_is_pillows() {
        assertArrayEquals(SMALLER, resized(3, 2, SMALLER.length));
    }

    @Test
    void a_larger_image_is_pillows() {
        assertArrayEquals(LARGER_FIRST, resized(7, 6, LARGER_FIRST.length));
    }

    private static int[] resized(int height, int width, int count) {
        byte[] rgb = new byte[5 * 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (37 * i);
        }
        byte[] out = Resample.to(new RgbImage(5, 4, rgb), height, width).rgb();
        int[] first = new int[count];
        for (int i = 0; i < count; i++) {
            first[i] = out[i] & 0xff;
        }
        return first;
    }
}
