package io.surstream.models.adapter;

import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/**
 * The two distillation losses of the SUR-adapter's training, alone, each T² times a divergence between the trained side and its
 * target. Shapes: B batch, L token positions, C width.
 */
public final class AdapterLosses implements AutoCloseable {
    private final TorchScript script;

    public AdapterLosses(
            AdapterObjective.Reduction reduction, AdapterObjective.Direction direction, TorchDevice device) {
        Map<String, Object> attributes = Map.of(
                "mean", reduction == AdapterObjective.Reduction.MEAN,
                "from_teacher", direction == AdapterObjective.Direction.TEACHER_TO_STUDENT);
        script = TorchScript.load(NetworkScripts.surTraining(), "SurLosses", attributes, device);
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
