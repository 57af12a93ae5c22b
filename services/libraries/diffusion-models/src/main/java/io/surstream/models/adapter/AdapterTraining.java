package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import io.surstream.models.NetworkScripts;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.models.unet.UNetWeights;
import io.surstream.torch.DType;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.LongTensor;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The SUR-adapter in training: one call is one whole step of adapter, frozen UNet, three losses, gradients, clipping and
 * AdamW. Shapes: B batch, L token positions, C width of the text states, C' h w of the latents. One owner; not thread-safe.
 */
public final class AdapterTraining implements AutoCloseable {
    private final TorchScript script;
    private long steps;

    /**
     * What a step works on.
     *
     * @param noisyLatents [B,C',h,w]
     * @param target [B,C',h,w] noise, or velocity for a v-prediction model
     * @param timesteps [B]
     * @param simpleStates [B,L,C] text states of the plain prompts
     * @param complexStates [B,L,C] text states of the keyword prompts
     * @param teacher [B,1,C] the language model's vectors, resized to C
     * @param sampleWeights [B] weight of each sample's denoising loss
     */
    public record Batch(
            FloatTensor noisyLatents,
            FloatTensor target,
            LongTensor timesteps,
            FloatTensor simpleStates,
            FloatTensor complexStates,
            FloatTensor teacher,
            FloatTensor sampleWeights) {}

    /**
     * What a step gave.
     *
     * @param losses [5] total, denoising, distillation, alignment, gradient norm before clipping
     * @param modelOutput [B,C',h,w]
     * @param adapterOut [B,L,C]
     * @param encoderOut [B,L,C]
     */
    public record Result(FloatTensor losses, FloatTensor modelOutput, FloatTensor adapterOut, FloatTensor encoderOut) {}

    /** The UNet computes in fp32; {@code origin} stands for the adapter's weights in messages. */
    public AdapterTraining(
            UNet2DConfig unet,
            Weights unetWeights,
            Weights adapterWeights,
            Object origin,
            AdapterTrainingSettings settings,
            TorchDevice device) {
        script = TorchScript.load(NetworkScripts.surTraining(), "SurTraining", attributes(unet, settings), device);
        try {
            UnaryOperator<String> asIs = UnaryOperator.identity();
            script.bind("bind", UNetWeights.of(unet).select(unetWeights, origin, asIs));
            script.bind(
                    "bind_adapter", SurAdapterWeights.of(adapterWeights, origin).select(adapterWeights, origin, asIs));
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    private static Map<String, Object> attributes(UNet2DConfig unet, AdapterTrainingSettings settings) {
        if (unet.added().isPresent()) {
            throw new ModelException(
                    "an adapter cannot be trained through a UNet of SDXL (addition_embed_type text_time);"
                            + " take one of the SD 1.x or 2.x kind");
        }
        Map<String, Object> attributes = new LinkedHashMap<>(UNet2DConditionModel.structure(unet, DType.FP32));
        for (String dictionary : List.of("w", "p", "m", "v", "g")) {
            attributes.put(dictionary, TorchScript.EMPTY_DICT);
        }
        attributes.put("adapter_heads", (long) settings.adapter().heads());
        attributes.put("adapter_eps", settings.adapter().eps());
        attributes.put("reference", settings.adapter().layout() == AdapterLayout.REFERENCE);
        attributes.put("adapter_weight", settings.adapter().adapterWeight());
        attributes.put("dropout", settings.dropout());
        attributes.put("denoising_gradient", settings.denoisingGradient());
        attributes.put("llm_weight", settings.llmWeight());
        attributes.put("prompt_weight", settings.promptWeight());
        attributes.put("lr", settings.learningRate());
        attributes.put("beta1", settings.beta1());
        attributes.put("beta2", settings.beta2());
        attributes.put("adam_eps", settings.epsilon());
        attributes.put("weight_decay", settings.weightDecay());
        attributes.put("max_grad_norm", settings.maxGradNorm());
        return attributes;
    }

    /** Takes one step and changes the parameters. */
    public Result step(Batch batch) {
        steps++;
        List<FloatTensor> out = script.train(
                "step",
                batch.noisyLatents(),
                batch.target(),
                batch.timesteps(),
                batch.simpleStates(),
                batch.complexStates(),
                batch.teacher(),
                batch.sampleWeights(),
                LongTensor.scalar(steps));
        return new Result(out.get(0), out.get(1), out.get(2), out.get(3));
    }

    /** Of the last step, before clipping, by parameter name. */
    public Map<String, FloatTensor> gradients() {
        return script.export("gradients");
    }

    /** The trained parameters, by name. */
    public Map<String, FloatTensor> parameters() {
        return script.export("parameters_now");
    }

    @Override
    public void close() {
        script.close();
    }
}
