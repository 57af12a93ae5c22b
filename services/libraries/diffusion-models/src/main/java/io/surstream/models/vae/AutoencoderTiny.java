package io.surstream.models.vae;

import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The small autoencoder TAESD, much faster than {@link AutoencoderKL} and a little rougher. Shapes as in {@link Autoencoder}. */
public final class AutoencoderTiny extends Network implements Autoencoder {
    static final String ORIGINAL_ENCODER = "taesd_encoder.safetensors";
    static final String ORIGINAL_DECODER = "taesd_decoder.safetensors";

    private final AutoencoderTinyConfig config;

    private AutoencoderTiny(AutoencoderTinyConfig config, Weights weights, DType dtype, TorchDevice device) {
        super(NetworkScripts.autoencoderTiny(), structure(config, dtype), weights, device);
        this.config = config;
    }

    /**
     * Reads a folder in diffusers layout, or one with TAESD's two original files and no config.
     *
     * @param dtype what it computes in; the stored weights may have another
     * @throws io.surstream.models.ModelException if the config asks for something unsupported or the weights do not fit
     */
    public static AutoencoderTiny load(Path folder, DType dtype, TorchDevice device) {
        if (!Files.exists(folder.resolve("config.json")) && Files.exists(folder.resolve(ORIGINAL_DECODER))) {
            Weights original = OriginalTaesd.of(
                    SafetensorsFile.open(folder.resolve(ORIGINAL_ENCODER)),
                    SafetensorsFile.open(folder.resolve(ORIGINAL_DECODER)));
            return of(AutoencoderTinyConfig.TAESD, original, folder, dtype, device);
        }
        return read(
                folder,
                DIFFUSERS_WEIGHTS,
                AutoencoderTinyConfig::from,
                (config, weights) -> of(config, weights, folder, dtype, device));
    }

    private static AutoencoderTiny of(
            AutoencoderTinyConfig config, Weights weights, Object origin, DType dtype, TorchDevice device) {
        Weights own = AutoencoderTinyWeights.of(config).select(weights, origin, UnaryOperator.identity());
        return new AutoencoderTiny(config, own, dtype, device);
    }

    private static Map<String, Object> structure(AutoencoderTinyConfig config, DType dtype) {
        Map<String, Object> attributes = compute(dtype);
        attributes.put("encoder_blocks", longs(config.encoderBlocks()));
        attributes.put("decoder_blocks", longs(config.decoderBlocks()));
        attributes.put("upscale", (long) config.upscale());
        attributes.put("act", config.activation());
        return attributes;
    }

    private static List<Long> longs(List<Integer> numbers) {
        return numbers.stream().map(Integer::longValue).toList();
    }

    public AutoencoderTinyConfig config() {
        return config;
    }

    /**
     * Images to latents; no sampling.
     *
     * @param image [B,3,H,W] in [-1,1]
     * @return [B,L,h,w]
     */
    public FloatTensor encode(FloatTensor image) {
        expect("image", image, -1, config.inChannels(), -1, -1);
        return one("encode", image);
    }

    @Override
    public FloatTensor decode(FloatTensor latents) {
        expect("latents", latents, -1, config.latentChannels(), -1, -1);
        return one("decode", latents);
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
}
