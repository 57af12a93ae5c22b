package io.surstream.torch.tensor;

import java.util.Arrays;

/**
 * 32-bit floating point numbers with a shape, row-major.
 *
 * @param shape lengths of the dimensions, empty for a scalar
 * @param data the values; shared with the caller, who decides when it may change
 */
public record FloatTensor(long[] shape, float[] data) implements HostTensor {
    public FloatTensor {
        Shapes.check(shape, data.length);
    }

    /** Wraps {@code data}, whose length must be the product of {@code shape}. */
    public static FloatTensor of(float[] data, long... shape) {
        return new FloatTensor(shape.clone(), data);
    }

    public static FloatTensor zeros(long... shape) {
        return new FloatTensor(shape.clone(), new float[Shapes.size(shape)]);
    }

    /** A tensor of no dimensions: how numbers are handed to scripts. */
    public static FloatTensor scalar(float value) {
        return new FloatTensor(new long[0], new float[] {value});
    }

    /** Equal shape and values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
