package io.surstream.torch.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {
    @Test
    void every_fp16_and_bf16_value_survives_the_way_through_float() {
        for (int i = 0; i < 1 << 16; i++) {
            short half = (short) i;
            if (!Float.isNaN(HalfFloats.fromFp16(half))) {
                assertEquals(half, HalfFloats.toFp16(HalfFloats.fromFp16(half)));
            }
            if (!Float.isNaN(HalfFloats.fromBf16(half))) {
                assertEquals(half, HalfFloats.toBf16(HalfFloats.fromBf16(half)));
            }
        }
    }

    @Test
    void halves_round_to_the_nearest_and_ties_to_even() {
        for (int i = 0; i < 0x7bff; i++) {
            float low = HalfFloats.fromFp16((short) i);
            float high = HalfFloats.fromFp16((short) (i + 1));
            float middle = (low + high) / 2;
            assertEquals((short) (i + (i & 1)), HalfFloats.toFp16(middle), () -> "tie above " + low);
            assertEquals((short) i, HalfFloats.toFp16(Math.nextDown(middle)));
            assertEquals((short) (i + 1), HalfFloats.toFp16(Math.nextUp(middle)));
            assertEquals((short) (0x8000 | i), HalfFloats.toFp16(-low));
        }
        assertEquals(0x7bff, HalfFloats.toFp16(65519.9f));
        assertEquals(0x7c00, HalfFloats.toFp16(65520f));
        assertEquals((short) 0x3f80, HalfFloats.toBf16(Float.intBitsToFloat(0x3f808000)));
        assertEquals((short) 0x3f82, HalfFloats.toBf16(Float.intBitsToFloat(0x3f818000)));
    }
}
