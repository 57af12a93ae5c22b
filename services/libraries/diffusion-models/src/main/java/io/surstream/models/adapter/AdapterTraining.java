package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import io.surstream.models.NetworkScripts;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.models.unet.UNetWeights;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The SUR-adapter in training. {@link #accumulate} runs adapter, frozen UNet and the three losses on a micro-batch and adds
 * up gradients; {@link #update} clips them, takes one AdamW step and forgets them. Each is one native call. Shapes: B batch,
 * L token positions, C width of the text states, W width of the teacher, C' h w of the latents. One owner; not thread-safe.
 */
public final class AdapterTraining implements AutoCloseable {
    private static final List<String> STATE = List.of("p", "m", "v", "ema", "resize");
    private static final FloatTensor NONE = FloatTensor.zeros(0);

    private final TorchScript script;
    private final AdapterObjective objective;
    private final Map<String, FloatTensor> resize;

    /**
     * What the UNet is given and should answer.
     *
     * @param noisyLatents [B,C',h,w]
     * @param target [B,C',h,w] noise, or velocity for a v-prediction model
     * @param timesteps [B]
     * @param sampleWeights [B] weight of each sample's loss
     */
    public record Denoising(
            FloatTensor noisyLatents, FloatTensor target, LongTensor timesteps, FloatTensor sampleWeights) {}

    /**
     * What an accumulation works on: one micro-batch, or several of equal size that run together, one behind the other.
     *
     * @param denoising may be absent where its weight is 0
     * @param simpleStates [B,L,C] text states of the plain prompts
     * @param complexStates [B,L,C] text states of the keyword prompts
     * @param teacher [B,W] the language model's vectors; may be absent where their weight is 0
     * @param dropoutSeeds one for each micro-batch; its masks follow from it alone
     */
    public record Batch(
            Optional<Denoising> denoising,
            FloatTensor simpleStates,
            FloatTensor complexStates,
            Optional<FloatTensor> teacher,
            List<Long> dropoutSeeds) {
        /** @throws IllegalArgumentException unless the rows are as many for each micro-batch */
        public Batch {
            dropoutSeeds = List.copyOf(dropoutSeeds);
            if (dropoutSeeds.isEmpty() || simpleStates.shape()[0] % dropoutSeeds.size() != 0) {
                throw new IllegalArgumentException(simpleStates.shape()[0] + " rows cannot be " + dropoutSeeds.size()
                        + " micro-batches of equal size");
            }
        }

        /** How many there are in it. */
        public int microBatches() {
            return dropoutSeeds.size();
        }
    }

    /**
     * What an accumulation gave. Losses are averages over the micro-batches in it, and not divided by those of the step.
     *
     * @param total weighted sum of the others
     * @param modelOutput [B,C',h,w]; absent where the UNet did not run
     * @param adapterOut [B,L,C]
     * @param encoderOut [B,L,C]
     * @param teacherResized [B,1,C]; absent without distillation
     */
    public record Result(
            float total,
            float denoising,
            float llm,
            float prompt,
            Optional<FloatTensor> modelOutput,
            FloatTensor adapterOut,
            FloatTensor encoderOut,
            Optional<FloatTensor> teacherResized) {}

    /**
     * @param unetWeights used in the constructor alone where the denoising weight is 0
     * @param dtype what the frozen UNet computes in; the adapter computes in fp32
     */
    public AdapterTraining(
            UNet2DConfig unet,
            Weights unetWeights,
            DType dtype,
            AdapterState state,
            AdapterTrainingSettings settings,
            TorchDevice device) {
        objective = settings.objective();
        resize = state.resize();
        script = TorchScript.load(
                NetworkScripts.surTraining(), "SurTraining", attributes(unet, dtype, settings), device);
        try {
            if (objective.denoisingWeight() != 0) {
                script.bind("bind", UNetWeights.of(unet).select(unetWeights, "the UNet", UnaryOperator.identity()));
            }
            bind("p", state.parameters());
            bind("m", state.firstMoments());
            bind("v", state.secondMoments());
            bind("ema", state.average());
            bind("resize", state.resize());
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    private void bind(String part, Map<String, FloatTensor> tensors) {
        if (!tensors.isEmpty()) {
            script.bind("bind_" + part, MemoryWeights.of(tensors));
        }
    }

    private static Map<String, Object> attributes(UNet2DConfig unet, DType dtype, AdapterTrainingSettings settings) {
        if (unet.added().isPresent()) {
            throw new ModelException(
                    "an adapter cannot be trained through a UNet of SDXL (addition_embed_type text_time);"
                            + " take one of the SD 1.x or 2.x kind");
        }
        Map<String, Object> attributes = new LinkedHashMap<>(UNet2DConditionModel.structure(unet, dtype));
        STATE.forEach(part -> attributes.put(part, TorchScript.EMPTY_DICT));
        attributes.put("w", TorchScript.EMPTY_DICT);
        attributes.put("g", TorchScript.EMPTY_DICT);
        attributes.put("adapter_heads", (long) settings.adapter().heads());
        attributes.put("adapter_eps", settings.adapter().eps());
        attributes.put("reference", settings.adapter().layout() == AdapterLayout.REFERENCE);
        attributes.put("adapter_weight", settings.adapter().adapterWeight());
        attributes.put("dropout", settings.dropout());
        AdapterObjective objective = settings.objective();
        attributes.put("mean", objective.reduction() == AdapterObjective.Reduction.MEAN);
        attributes.put("from_teacher", objective.direction() == AdapterObjective.Direction.TEACHER_TO_STUDENT);
        attributes.put("denoising_gradient", objective.denoisingGradient());
        attributes.put("denoising_weight", objective.denoisingWeight());
        attributes.put("llm_weight", objective.llmWeight());
        attributes.put("prompt_weight", objective.promptWeight());
        attributes.put("accumulation", (double) settings.accumulation());
        attributes.put("beta1", settings.optimizer().beta1());
        attributes.put("beta2", settings.optimizer().beta2());
        attributes.put("adam_eps", settings.optimizer().epsilon());
        attributes.put("weight_decay", settings.optimizer().weightDecay());
        attributes.put("max_grad_norm", settings.optimizer().maxGradNorm());
        return attributes;
    }

    /** The same with a loss scale of 1. */
    public Result accumulate(Batch batch) {
        return accumulate(batch, 1);
    }

    /**
     * Adds the gradients of one micro-batch, or of several that run together.
     *
     * @param lossScale factor of the loss on the way back, taken out of the gradients again
     * @throws ModelException if the batch lacks what a loss needs
     */
    public Result accumulate(Batch batch, double lossScale) {
        if (batch.denoising().isEmpty() && objective.denoisingWeight() != 0) {
            throw new ModelException(
                    "denoising_weight is " + objective.denoisingWeight() + " but there are no latents");
        }
        if (batch.teacher().isEmpty() && objective.llmWeight() != 0) {
            throw new ModelException("llm_weight is " + objective.llmWeight() + " but there is no teacher's vector");
        }
        Denoising denoising = batch.denoising().orElse(new Denoising(NONE, NONE, LongTensor.of(new long[0], 0), NONE));
        List<FloatTensor> out = script.train(
                "accumulate",
                denoising.noisyLatents(),
                denoising.target(),
                denoising.timesteps(),
                denoising.sampleWeights(),
                batch.simpleStates(),
                batch.complexStates(),
                batch.teacher().orElse(NONE),
                LongTensor.of(
                        batch.dropoutSeeds().stream().mapToLong(Long::longValue).toArray(), batch.microBatches()),
                FloatTensor.scalar((float) lossScale));
        float[] losses = out.get(0).data();
        return new Result(
                losses[0],
                losses[1],
                losses[2],
                losses[3],
                objective.denoisingWeight() != 0 ? Optional.of(out.get(1)) : Optional.empty(),
                out.get(2),
                out.get(3),
                objective.llmWeight() != 0 ? Optional.of(out.get(4)) : Optional.empty());
    }

    /** The gradients added up so far, before clipping, by parameter name. */
    public Map<String, FloatTensor> gradients() {
        return script.export("export_g");
    }

    /** Forgets the gradients added up so far. */
    public void discard() {
        script.train("discard");
    }

    /**
     * One step of the optimizer with the gradients added up so far. If their norm is not finite, nothing changes.
     *
     * @param n counts the updates that took place, from 1
     * @param averageDecay share that the moving average keeps of itself
     * @return the gradients' global norm before clipping
     */
    public float update(long n, double learningRate, double averageDecay) {
        return script.train(
                        "update",
                        LongTensor.scalar(n),
                        FloatTensor.scalar((float) learningRate),
                        FloatTensor.scalar((float) averageDecay))
                .get(0)
                .data()[0];
    }

    /** A copy of everything that training changes. */
    public AdapterState state() {
        return new AdapterState(
                script.export("export_p"),
                script.export("export_m"),
                script.export("export_v"),
                script.export("export_ema"),
                resize);
    }

    @Override
    public void close() {
        script.close();
    }
}
