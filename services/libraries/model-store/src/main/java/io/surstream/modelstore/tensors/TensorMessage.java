package io.surstream.modelstore.tensors;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.v1.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** The tensor of the events, with its content inline. Pure. */
public final class TensorMessage {
    private static final long MOST_ELEMENTS = 1L << 26;

    private TensorMessage() {}

    /** 32-bit floats, inline. */
    public static Tensor of(FloatTensor values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values.data());
        // The buffer is ours alone from here on: no need to copy it.
        ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
        return Tensor.newBuilder()
                .setDtype(Tensor.DType.FP32)
                .addAllShape(Arrays.stream(values.shape()).boxed().toList())
                .setData(content)
                .build();
    }

    /** Bytes that a tensor of this type and shape has; both are checked, the content is not looked at. */
    static long size(String name, Tensor tensor) {
        long elements = 1;
        for (long length : shape(name, tensor.getShapeList())) {
            elements *= length;
        }
        return elements * dtype(name, tensor).bytes();
    }

    /** @param content in the tensor's dtype, little-endian */
    static FloatTensor read(String name, Tensor tensor, ByteBuffer content) {
        long[] shape = shape(name, tensor.getShapeList());
        FloatTensor values;
        try {
            values = new WeightTensor(name, dtype(name, tensor), shape, content).toFloat();
        } catch (IllegalArgumentException e) {
            throw TensorException.invalid(e.getMessage());
        }
        for (float value : values.data()) {
            if (!Float.isFinite(value)) {
                throw TensorException.invalid(name + " must consist of finite numbers but contains " + value);
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
                throw TensorException.invalid(
                        name + " must have dtype FP32, FP16 or BF16 but has number " + tensor.getDtypeValue());
        };
    }

    private static long[] shape(String name, List<Long> lengths) {
        long elements = 1;
        for (long length : lengths) {
            if (length < 1 || length > MOST_ELEMENTS || elements * length > MOST_ELEMENTS) {
                throw TensorException.invalid(name + " must have positive dimensions and at most " + MOST_ELEMENTS
                        + " elements but has shape " + lengths);
            }
            elements *= length;
        }
        return lengths.stream().mapToLong(Long::longValue).toArray();
    }
}
