package io.surstream.sampler.intake;

import io.surstream.torch.DType;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.WeightTensor;
import io.surstream.v1.Tensor;
import java.util.List;

/** Tensors of an event as 32-bit floats, every field checked against the others. */
final class TensorReader {
    private static final long MOST_ELEMENTS = 1L << 28;

    private TensorReader() {}

    /**
     * @param name of the field, for the message
     * @throws IllegalArgumentException when type, shape and bytes do not fit together, or a value is not finite
     */
    static FloatTensor read(String name, Tensor tensor) {
        if (tensor.getContentCase() != Tensor.ContentCase.DATA) {
            throw new IllegalArgumentException(
                    name + " must carry its data inline but has content " + tensor.getContentCase());
        }
        long[] shape = shape(name, tensor.getShapeList());
        FloatTensor values = new WeightTensor(
                        name, dtype(name, tensor), shape, tensor.getData().asReadOnlyByteBuffer())
                .toFloat();
        for (float value : values.data()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(name + " must consist of finite numbers but contains " + value);
            }
        }
        return values;
    }

    private static DType dtype(String name, Tensor tensor) {
        return switch (tensor.getDtype()) {
            case FP32 -> DType.FP32;
            case FP16 -> DType.FP16;
            case BF16 -> DType.BF16;
            case DTYPE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException(
                        name + " must have dtype FP32, FP16 or BF16 but has number " + tensor.getDtypeValue());
        };
    }

    private static long[] shape(String name, List<Long> lengths) {
        long elements = 1;
        for (long length : lengths) {
            if (length < 1 || length > MOST_ELEMENTS || elements * length > MOST_ELEMENTS) {
                throw new IllegalArgumentException(name + " must have positive dimensions and at most " + MOST_ELEMENTS
                        + " elements but has shape " + lengths);
            }
            elements *= length;
        }
        return lengths.stream().mapToLong(Long::longValue).toArray();
    }
}
