package io.surstream.models.adapter;

import io.surstream.models.NetworkScripts;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import java.util.List;
import java.util.Map;

/**
 * The two distillation losses of the SUR-adapter's training, alone: T²·KL of the trained side from its target, summed over
 * token positions and divided by the batch size only. Shapes: B batch, L token positions, C width.
 */
public final class AdapterLosses implements AutoCloseable {
    private final TorchScript script;

    public AdapterLosses(TorchDevice device) {
        script = TorchScript.load(NetworkScripts.surTraining(), "SurLosses", Map.of(), device);
    }

    /**
     * Losses and gradients of their sum.
     *
     * @param llmVector [B,1,C], set against every token row of {@code encoderOut}
     * @param encoderOut [B,L,C] the branch that is distilled
     * @param complexStates [B,L,C] what {@code adapterOut} is to come near to
     * @param adapterOut [B,L,C]
     * @return llm loss [1], prompt loss [1], then the gradients with respect to the four inputs, in order
     */
    public List<FloatTensor> losses(
            FloatTensor llmVector,
            FloatTensor encoderOut,
            FloatTensor complexStates,
            FloatTensor adapterOut,
            double temperature) {
        return script.train(
                "losses", llmVector, encoderOut, complexStates, adapterOut, FloatTensor.scalar((float) temperature));
    }

    @Override
    public void close() {
        script.close();
    }
}
