package io.surstream.torch.tensor;

import java.util.Arrays;

/**
 * 64-bit whole numbers with a shape, row-major.
 *
 * @param shape lengths of the dimensions, empty for a scalar
 * @param data the values; shared with the caller, who decides when it may change
 */
public record LongTensor(long[] shape, long[] data) implements HostTensor {
    public LongTensor {
        Shapes.check(shape, data.length);
    }

    /** Wraps {@code data}, whose length must be the product of {@code shape}. */
    public static LongTensor of(long[] data, long... shape) {
        return new LongTensor(shape.clone(), data);
    }

    public static LongTensor zeros(long... shape) {
        return new LongTensor(shape.clone(), new long[Shapes.size(shape)]);
    }

    /** A tensor of no dimensions: how numbers are handed to scripts. */
    public static LongTensor scalar(long value) {
        return new LongTensor(new long[0], new long[] {value});
    }

    /** Equal shape and values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LongTensor that && Arrays.equals(shape, that.shape) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "LongTensor" + Arrays.toString(shape);
    }
}
