package io.surstream.torch.weights;

/** 16-bit floating point formats to and from 32 bit, rounding to nearest even (Java 17 has no such conversion). */
final class HalfFloats {
    private HalfFloats() {}

    /** IEEE 754 binary16. */
    static float fromFp16(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int mantissa = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
        }
        if (exponent == 0) {
            float value = mantissa * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | mantissa << 13);
    }

    static short toFp16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int abs = bits & 0x7fffffff;
        if (abs > 0x7f800000) {
            return (short) (sign | 0x7e00);
        }
        if (abs >= 0x477ff000) { // rounds to 65536 or more
            return (short) (sign | 0x7c00);
        }
        if (abs < 0x38800000) { // subnormal in binary16: let the float adder round at 2^-24
            int mantissa = Float.floatToRawIntBits(Float.intBitsToFloat(abs) + 0.5f) - 0x3f000000;
            return (short) (sign | mantissa);
        }
        int rounded = abs + 0xfff + (abs >>> 13 & 1);
        return (short) (sign | (rounded - 0x38000000) >>> 13);
    }

    /** bfloat16: the upper half of a 32-bit float. */
    static float fromBf16(short half) {
        return Float.intBitsToFloat(half << 16);
    }

    static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
