package io.surstream.models.vae;

import io.surstream.models.ConfigFile;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import java.nio.file.Files;
import java.nio.file.Path;

/** Between images and latents. Shapes: B batch, H and W size of the image, L latent channels, h and w size of the latents. */
public sealed interface Autoencoder extends AutoCloseable permits AutoencoderKL, AutoencoderTiny {
    /**
     * Reads the folder of a pipeline's {@code vae}, whichever of the two it holds.
     *
     * @throws io.surstream.models.ModelException if it is neither
     */
    static Autoencoder load(Path folder, DType dtype, TorchDevice device) {
        Path config = folder.resolve("config.json");
        if (!Files.exists(config) && Files.exists(folder.resolve(AutoencoderTiny.ORIGINAL_DECODER))) {
            return AutoencoderTiny.load(folder, dtype, device);
        }
        String kind = ConfigFile.read(config).choice("_class_name", "AutoencoderKL", "AutoencoderTiny");
        return kind.equals("AutoencoderTiny")
                ? AutoencoderTiny.load(folder, dtype, device)
                : AutoencoderKL.load(folder, dtype, device);
    }

    /**
     * Latents to images.
     *
     * @param latents [B,L,h,w] as the decoder takes them: a pipeline's latents go through {@link #unscale} first
     * @return [B,3,H,W], about [-1,1] and not limited to it
     */
    FloatTensor decode(FloatTensor latents);

    /** L. */
    int latentChannels();

    /** H / h. */
    int downscale();

    /** What a pipeline's latents are multiplied by, so that their variance is about one. */
    double scalingFactor();

    /** What is subtracted before scaling. */
    double shiftFactor();

    /** A pipeline's latents to what {@link #decode} takes: latents / scaling factor + shift factor. A new tensor. */
    default FloatTensor unscale(FloatTensor latents) {
        float[] out = new float[latents.data().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (latents.data()[i] / scalingFactor() + shiftFactor());
        }
        return FloatTensor.of(out, latents.shape());
    }

    @Override
    void close();
}
