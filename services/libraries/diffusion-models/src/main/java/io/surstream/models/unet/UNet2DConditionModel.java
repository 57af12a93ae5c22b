package io.surstream.models.unet;

import io.surstream.models.ModelException;
import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The denoiser of Stable Diffusion 1.x, 2.x and XL. Shapes: B batch, C {@code in_channels}, H and W size of the latents
 * (any, also not divisible by the downsampling), T text positions, X {@code cross_attention_dim}, P width of the pooled
 * text embedding, N numbers about the image. A network with {@link UNet2DConfig#added()} takes its two added conditions
 * behind the other inputs; the others take none.
 */
public final class UNet2DConditionModel extends Network {
    private final UNet2DConfig config;

    private UNet2DConditionModel(UNet2DConfig config, Weights weights, DType dtype, TorchDevice device) {
        super(NetworkScripts.unet(), structure(config, dtype), weights, device);
        this.config = config;
    }

    /**
     * Reads {@code config.json} and the weights of a folder in diffusers layout.
     *
     * @param dtype what it computes in; the stored weights may have another
     * @throws ModelException if the config asks for something unsupported or the weights do not fit it
     */
    public static UNet2DConditionModel load(Path folder, DType dtype, TorchDevice device) {
        return read(
                folder,
                DIFFUSERS_WEIGHTS,
                UNet2DConfig::from,
                (config, weights) -> of(config, weights, folder, dtype, device));
    }

    /** As {@link #load}, from loaded weights, which the caller closes; {@code origin} names them in messages. */
    public static UNet2DConditionModel of(
            UNet2DConfig config, Weights weights, Object origin, DType dtype, TorchDevice device) {
        Weights own = UNetWeights.of(config).select(weights, origin, UnaryOperator.identity());
        return new UNet2DConditionModel(config, own, dtype, device);
    }

    /** The script class's attributes, which training scripts around the same function share. */
    public static Map<String, Object> structure(UNet2DConfig config, DType dtype) {
        Map<String, Object> attributes = compute(dtype);
        attributes.put("heads", config.heads().stream().map(Integer::longValue).toList());
        attributes.put("groups", (long) config.groups());
        attributes.put("eps", config.eps());
        attributes.put("act", config.activation());
        attributes.put("flip_sin_to_cos", config.flipSinToCos());
        attributes.put("freq_shift", config.freqShift());
        attributes.put("downsample_padding", (long) config.downsamplePadding());
        return attributes;
    }

    public UNet2DConfig config() {
        return config;
    }

    /**
     * One denoising forward.
     *
     * @param sample [B,C,H,W] noisy latents
     * @param timesteps [B], or [] for one timestep for all; whole or fractional
     * @param encoderHiddenStates [B,T,X] text states
     * @param added text_embeds [B,P] and time_ids [B,N] for a network that takes them, else nothing
     * @return [B,C',H,W], C' being {@code out_channels}: noise or velocity, as the model was trained
     */
    public FloatTensor forward(
            FloatTensor sample, HostTensor timesteps, FloatTensor encoderHiddenStates, HostTensor... added) {
        check(sample, timesteps, encoderHiddenStates, added);
        return one("forward", inputs(added, sample, timesteps, encoderHiddenStates));
    }

    /**
     * As {@link #forward}, with inner outputs, to find where an error begins: output, time embedding, conv_in, each down
     * block, mid block, each up block.
     */
    public List<FloatTensor> forwardTraced(
            FloatTensor sample, HostTensor timesteps, FloatTensor encoderHiddenStates, HostTensor... added) {
        check(sample, timesteps, encoderHiddenStates, added);
        return run("forward_traced", inputs(added, sample, timesteps, encoderHiddenStates));
    }

    /**
     * Gradients of mean(output · direction) with respect to {@code encoderHiddenStates} and {@code sample}, in this
     * order: the path by which an adapter in front of the frozen network learns.
     *
     * @param direction [B,C',H,W]
     */
    public List<FloatTensor> gradients(
            FloatTensor sample,
            HostTensor timesteps,
            FloatTensor encoderHiddenStates,
            FloatTensor direction,
            HostTensor... added) {
        check(sample, timesteps, encoderHiddenStates, added);
        return train("gradients", inputs(added, sample, timesteps, encoderHiddenStates, direction));
    }

    private static HostTensor[] inputs(HostTensor[] added, HostTensor... first) {
        HostTensor[] all = Arrays.copyOf(first, first.length + added.length);
        System.arraycopy(added, 0, all, first.length, added.length);
        return all;
    }

    private void check(FloatTensor sample, HostTensor timesteps, FloatTensor encoderHiddenStates, HostTensor... added) {
        expect("sample", sample, -1, config.inChannels(), -1, -1);
        long batch = sample.shape()[0];
        if (timesteps.size() != 1) {
            expect("timesteps", timesteps, batch);
        }
        expect(
                "encoder_hidden_states",
                encoderHiddenStates,
                batch,
                -1,
                config.contextWidth().get(0));
        if (added.length != (config.added().isPresent() ? 2 : 0)) {
            throw new ModelException("this network takes "
                    + (config.added().isPresent() ? "text_embeds and time_ids" : "no added conditions") + " but got "
                    + added.length + " added tensors");
        }
        config.added().ifPresent(conditions -> check(conditions, batch, added[0], added[1]));
    }

    private static void check(AddedConditions conditions, long batch, HostTensor textEmbeds, HostTensor timeIds) {
        expect("text_embeds", textEmbeds, batch, -1);
        long textWidth = textEmbeds.shape()[1];
        long numbers = conditions.timeIds(textWidth);
        if (numbers == 0) {
            throw new ModelException("text_embeds has width " + textWidth + " but must leave room for numbers of "
                    + conditions.sinusoids() + " values each in " + conditions.width());
        }
        expect("time_ids", timeIds, batch, numbers);
    }
}
