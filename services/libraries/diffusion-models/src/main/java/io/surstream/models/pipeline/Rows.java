package io.surstream.models.pipeline;

import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors joined and cut along their first dimension. */
final class Rows {
    private Rows() {}

    /** [a,…], [b,…], … to [a+b+…,…]. */
    static FloatTensor joined(List<FloatTensor> parts) {
        long[] shape = parts.get(0).shape().clone();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        float[] all = new float[parts.stream().mapToInt(FloatTensor::size).sum()];
        int at = 0;
        for (FloatTensor part : parts) {
            System.arraycopy(part.data(), 0, all, at, part.size());
            at += part.size();
        }
        return FloatTensor.of(all, shape);
    }

    static FloatTensor joined(FloatTensor first, FloatTensor second) {
        return joined(List.of(first, second));
    }

    /** [n·parts,…] to as many pieces of [n,…]. */
    static List<FloatTensor> cut(FloatTensor whole, int parts) {
        long[] shape = whole.shape().clone();
        shape[0] /= parts;
        int size = whole.size() / parts;
        List<FloatTensor> pieces = new ArrayList<>();
        for (int n = 0; n < parts; n++) {
            pieces.add(FloatTensor.of(Arrays.copyOfRange(whole.data(), n * size, (n + 1) * size), shape));
        }
        return pieces;
    }
}
