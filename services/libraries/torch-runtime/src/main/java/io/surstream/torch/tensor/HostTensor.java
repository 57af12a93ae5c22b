package io.surstream.torch.tensor;

/** A dense row-major tensor in the Java heap: what scripts take and return. The array is shared, not copied. */
public sealed interface HostTensor permits FloatTensor, LongTensor {
    /** Lengths of the dimensions; empty for a scalar. */
    long[] shape();

    /** Number of elements. */
    default int size() {
        return Shapes.size(shape());
    }
}
