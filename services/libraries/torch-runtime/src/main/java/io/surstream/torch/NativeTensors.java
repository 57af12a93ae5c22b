package io.surstream.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Host values to native tensors and back. Everything native belongs to the scope it is made in. */
final class NativeTensors {
    /** Larger staging buffers are not kept between calls. */
    private static final int KEPT_STAGING_BYTES = 64 << 20;

    private static final ThreadLocal<ByteBuffer> STAGING = new ThreadLocal<>();

    private NativeTensors() {}

    /** A native copy: a script may keep it. */
    static PtNDArray copy(PtNDManager scope, HostTensor tensor) {
        int width = tensor instanceof LongTensor ? 8 : 4;
        ByteBuffer staging = staging(Math.multiplyExact(tensor.size(), width));
        if (tensor instanceof LongTensor whole) {
            staging.asLongBuffer().put(whole.data());
            return own(scope, staging, DataType.INT64, tensor.shape());
        }
        staging.asFloatBuffer().put(((FloatTensor) tensor).data());
        return own(scope, staging, DataType.FLOAT32, tensor.shape());
    }

    /** A native copy of stored bytes. */
    static PtNDArray copy(PtNDManager scope, WeightTensor tensor) {
        ByteBuffer staging = staging(tensor.data().limit());
        staging.duplicate().put(tensor.data().duplicate());
        return typed(own(scope, staging, carrier(tensor.dtype()), tensor.shape()), tensor.dtype());
    }

    /** Whether native code can read the stored bytes where they are: off the heap and aligned to the element. */
    static boolean isViewable(WeightTensor tensor) {
        ByteBuffer data = tensor.data();
        return data.isDirect()
                && data.limit() > 0
                && data.alignmentOffset(0, tensor.dtype().bytes()) == 0;
    }

    /** A tensor over the buffer's own memory, which must stay reachable. */
    static PtNDArray view(PtNDManager scope, WeightTensor tensor) {
        ByteBuffer bytes = tensor.data().duplicate();
        return typed(scope.create(bytes, new Shape(tensor.shape()), carrier(tensor.dtype())), tensor.dtype());
    }

    private static PtNDArray typed(PtNDArray array, DType dtype) {
        return dtype == DType.BF16 ? Bfloat16.view(array) : array;
    }

    static FloatTensor toHost(NDArray array) {
        if (array.getDataType() != DataType.FLOAT32) {
            throw new EngineException(
                    "a result is " + array.getDataType() + " but results must be float32; end the script with .to(6)");
        }
        return FloatTensor.of(array.toFloatArray(), array.getShape().getShape());
    }

    private static PtNDArray own(PtNDManager scope, ByteBuffer staging, DataType type, long[] shape) {
        if (staging.limit() == 0) {
            return scope.create(new Shape(shape), type);
        }
        try (NDArray view = scope.create(staging, new Shape(shape), type)) {
            return (PtNDArray) view.duplicate();
        }
    }

    private static ByteBuffer staging(int bytes) {
        ByteBuffer kept = STAGING.get();
        if (kept == null || kept.capacity() < bytes) {
            kept = ByteBuffer.allocateDirect(Math.max(bytes, 4096)).order(ByteOrder.nativeOrder());
            if (bytes <= KEPT_STAGING_BYTES) {
                STAGING.set(kept);
            }
        }
        return kept.slice(0, bytes).order(ByteOrder.nativeOrder());
    }

    private static DataType carrier(DType dtype) {
        return switch (dtype) {
            case FP32 -> DataType.FLOAT32;
            case FP16, BF16 -> DataType.FLOAT16;
            case FP64 -> DataType.FLOAT64;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case INT8 -> DataType.INT8;
            case UINT8 -> DataType.UINT8;
            case BOOL -> DataType.BOOLEAN;
        };
    }
}
