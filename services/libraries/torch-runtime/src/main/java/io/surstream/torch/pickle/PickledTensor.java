package io.surstream.torch.pickle;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.Shapes;
import java.util.Arrays;

/**
 * What a pickle says about one tensor; its bytes are elsewhere in the checkpoint.
 *
 * @param offset first element, counted in the storage
 * @param stride elements from one index to the next, per dimension
 */
public record PickledTensor(Storage storage, long offset, long[] shape, long[] stride) {
    /** A run of elements in the checkpoint. */
    public record Storage(DType dtype, String key, long elements) {
        public Storage {
            if (elements < 0 || elements > Long.MAX_VALUE / 8) {
                throw new IllegalArgumentException("storage " + key + " cannot hold " + elements + " elements");
            }
        }

        long bytes() {
            return elements * dtype.bytes();
        }
    }

    public PickledTensor {
        if (shape.length != stride.length) {
            throw new IllegalArgumentException(
                    "a tensor has " + shape.length + " dimensions but " + stride.length + " strides");
        }
        long size = Shapes.size(shape);
        long last = offset;
        for (int i = 0; i < shape.length; i++) {
            if (stride[i] < 0) {
                throw new IllegalArgumentException("a tensor has the stride " + stride[i] + "; the least is 0");
            }
            last = Math.addExact(last, Math.multiplyExact(Math.max(shape[i] - 1, 0), stride[i]));
        }
        if (offset < 0 || size > storage.elements() || size > 0 && last >= storage.elements()) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + ", stride "
                    + Arrays.toString(stride) + " and offset " + offset + " reaches beyond its storage of "
                    + storage.elements() + " elements");
        }
    }

    boolean isContiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && stride[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }
}
