package io.surstream.models.vae;

import io.surstream.models.ModelException;
import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The variational autoencoder of Stable Diffusion. Shapes as in {@link Autoencoder}; h = H / {@link #downscale()}. */
public final class AutoencoderKL extends Network implements Autoencoder {
    private final AutoencoderKLConfig config;

    private AutoencoderKL(AutoencoderKLConfig config, Weights weights, DType dtype, TorchDevice device) {
        super(NetworkScripts.autoencoderKl(), structure(config, dtype), weights, device);
        this.config = config;
    }

    /**
     * Reads {@code config.json} and the weights of a folder in diffusers layout.
     *
     * @param dtype what it computes in; the stored weights may have another
     * @throws ModelException if the config asks for something unsupported or the weights do not fit it
     */
    public static AutoencoderKL load(Path folder, DType dtype, TorchDevice device) {
        return read(
                folder,
                DIFFUSERS_WEIGHTS,
                AutoencoderKLConfig::from,
                (config, weights) -> of(config, weights, folder, dtype, device));
    }

    /** As {@link #load}, from loaded weights, which the caller closes; {@code origin} names them in messages. */
    public static AutoencoderKL of(
            AutoencoderKLConfig config, Weights weights, Object origin, DType dtype, TorchDevice device) {
        Weights own = AutoencoderKLWeights.of(config).select(weights, origin, AutoencoderKLWeights::canonical);
        return new AutoencoderKL(config, own, dtype, device);
    }

    private static Map<String, Object> structure(AutoencoderKLConfig config, DType dtype) {
        Map<String, Object> attributes = compute(dtype);
        attributes.put("groups", (long) config.groups());
        attributes.put("act", config.activation());
        return attributes;
    }

    public AutoencoderKLConfig config() {
        return config;
    }

    /**
     * Images to distributions over latents.
     *
     * @param image [B,3,H,W] in [-1,1]
     */
    public LatentDistribution encode(FloatTensor image) {
        checkImage(image);
        List<FloatTensor> moments = run("encode", image);
        return new LatentDistribution(moments.get(0), moments.get(1), moments.get(2));
    }

    @Override
    public FloatTensor decode(FloatTensor latents) {
        checkLatents(latents);
        return one("decode", latents);
    }

    /** Inner outputs of the encoder: moments [B,2L,h,w], then each down block, mid block, conv_out. */
    public List<FloatTensor> encodeTraced(FloatTensor image) {
        checkImage(image);
        return run("encode_traced", image);
    }

    /** Inner outputs of the decoder: image, then conv_in, mid block, each up block. */
    public List<FloatTensor> decodeTraced(FloatTensor latents) {
        checkLatents(latents);
        return run("decode_traced", latents);
    }

    @Override
    public int latentChannels() {
        return config.latentChannels();
    }

    @Override
    public int downscale() {
        return config.downscale();
    }

    @Override
    public double scalingFactor() {
        return config.scalingFactor();
    }

    @Override
    public double shiftFactor() {
        return config.shiftFactor();
    }

    private void checkImage(FloatTensor image) {
        expect("image", image, -1, config.inChannels(), -1, -1);
    }

    private void checkLatents(FloatTensor latents) {
        expect("latents", latents, -1, config.latentChannels(), -1, -1);
    }
}
