package io.surstream.torch.tensor;

import java.util.Arrays;

/** Arithmetic on shapes. */
public final class Shapes {
    private Shapes() {}

    /** Elements of a tensor that fits a Java array; refuses negative dimensions and anything larger. */
    public static int size(long... shape) {
        long size = 1;
        for (long d : shape) {
            if (d < 0) {
                throw new IllegalArgumentException(
                        "a dimension must not be negative but the shape is " + Arrays.toString(shape));
            }
            if (d != 0 && size > Integer.MAX_VALUE / d) {
                throw new IllegalArgumentException("a host tensor holds at most " + Integer.MAX_VALUE
                        + " elements but the shape is " + Arrays.toString(shape));
            }
            size *= d;
        }
        return (int) size;
    }

    static void check(long[] shape, int length) {
        int size = size(shape);
        if (size != length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size + " values but there are " + length);
        }
    }
}
