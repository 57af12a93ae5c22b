package io.surstream.torch.weights;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.tensor.Shapes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stored tensor.
 *
 * @param name key in the checkpoint
 * @param shape lengths of the dimensions
 * @param data little-endian, read-only, position 0 to limit; direct when the file is memory-mapped
 */
public record WeightTensor(String name, DType dtype, long[] shape, ByteBuffer data) {
    public WeightTensor {
        data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long bytes = (long) Shapes.size(shape) * dtype.bytes();
        if (bytes != data.limit()) {
            throw new IllegalArgumentException("tensor " + name + " of " + dtype + Arrays.toString(shape) + " needs "
                    + bytes + " bytes but has " + data.limit());
        }
    }

    /** Own copy of the values as 32-bit floats. */
    public FloatTensor toFloat() {
        float[] out = new float[data.limit() / dtype.bytes()];
        ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        switch (dtype) {
            case FP32 -> in.asFloatBuffer().get(out);
            case FP16 -> {
                for (int i = 0; i < out.length; i++) out[i] = HalfFloats.fromFp16(in.getShort());
            }
            case BF16 -> {
                for (int i = 0; i < out.length; i++) out[i] = HalfFloats.fromBf16(in.getShort());
            }
            case FP64 -> {
                for (int i = 0; i < out.length; i++) out[i] = (float) in.getDouble();
            }
            default -> {
                long[] whole = toLong().data();
                for (int i = 0; i < out.length; i++) out[i] = whole[i];
            }
        }
        return FloatTensor.of(out, shape);
    }

    /** Own copy of the values of a whole-number or boolean tensor. */
    public LongTensor toLong() {
        long[] out = new long[data.limit() / dtype.bytes()];
        ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < out.length; i++) {
            out[i] = switch (dtype) {
                case INT64 -> in.getLong();
                case INT32 -> in.getInt();
                case INT8 -> in.get();
                case UINT8, BOOL -> in.get() & 0xff;
                default -> throw new IllegalStateException("tensor " + name + " is " + dtype + ", not a whole number");
            };
        }
        return LongTensor.of(out, shape);
    }
}
