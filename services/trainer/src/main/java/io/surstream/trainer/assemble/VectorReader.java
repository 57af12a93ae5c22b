package io.surstream.trainer.assemble;

import io.surstream.modelstore.tensors.TensorReader;
import io.surstream.storage.ObjectStore;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.PromptEmbedded;
import java.util.Arrays;
import java.util.function.Function;

/** Reads a teacher's vector out of an event, or out of the object that the event names. */
public final class VectorReader implements Function<PromptEmbedded, float[]> {
    private final TensorReader tensors;

    /** @param objects the caller's */
    public VectorReader(ObjectStore objects) {
        // No cache: every vector is read once.
        this.tensors = new TensorReader(objects);
    }

    /**
     * @return [W]
     * @throws IllegalArgumentException when the tensor is not one vector of finite numbers
     */
    @Override
    public float[] apply(PromptEmbedded embedded) {
        String name = "the embedding of \"" + embedded.getPrompt() + '"';
        FloatTensor tensor = tensors.read(name, embedded.getEmbedding());
        if (tensor.shape().length != 1) {
            throw new IllegalArgumentException(
                    name + " must be one vector but has shape " + Arrays.toString(tensor.shape()));
        }
        return tensor.data();
    }
}
