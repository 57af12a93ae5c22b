package io.surstream.torch.weights;

import io.surstream.torch.tensor.TorchException;
import java.util.Map;
import java.util.Set;

/**
 * Named tensors of a checkpoint. Safe for use from many threads. Tensors handed out stay readable after
 * {@link #close()}: the memory goes when nobody reaches it any more.
 */
public interface Weights extends AutoCloseable {
    /** Keys in the file's order. */
    Set<String> names();

    /**
     * The tensor of that name.
     *
     * @throws TorchException if there is none, naming what is there
     */
    WeightTensor get(String name);

    /** Free-text entries stored beside the tensors. */
    Map<String, String> metadata();

    @Override
    void close();
}
