package io.surstream.models.pipeline;

import io.surstream.models.ModelFolder;
import io.surstream.models.image.RgbImage;
import io.surstream.models.vae.Autoencoder;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Latents to images through a model's autoencoder, image by image. Thread-safe. */
public final class LatentDecoder implements AutoCloseable {
    private final Autoencoder autoencoder;

    /** Takes the autoencoder over; {@link #close} frees it. */
    public LatentDecoder(Autoencoder autoencoder) {
        this.autoencoder = autoencoder;
    }

    public static LatentDecoder load(ModelFolder model, DType dtype, TorchDevice device) {
        return new LatentDecoder(Autoencoder.load(model.component("vae"), dtype, device));
    }

    /**
     * @param latents [N,C,h,w] as {@link LatentDenoiser} leaves them
     * @return N images, in order
     */
    public List<RgbImage> decode(FloatTensor latents) {
        List<RgbImage> decoded = new ArrayList<>();
        for (FloatTensor image : images(latents)) {
            decoded.add(toRgb(image));
        }
        return decoded;
    }

    /** The decoder's own output for each image, [1,3,H,W], about −1..1 and not limited to it. */
    public List<FloatTensor> images(FloatTensor latents) {
        long[] shape = latents.shape().clone();
        int count = (int) shape[0];
        int size = latents.size() / Math.max(count, 1);
        shape[0] = 1;
        List<FloatTensor> images = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] row = Arrays.copyOfRange(latents.data(), n * size, (n + 1) * size);
            images.add(autoencoder.decode(autoencoder.unscale(FloatTensor.of(row, shape))));
        }
        return images;
    }

    /** round(limit(image / 2 + 0.5, 0, 1) · 255), half to even, channels last. */
    public static RgbImage toRgb(FloatTensor image) {
        int height = (int) image.shape()[2];
        int width = (int) image.shape()[3];
        int plane = height * width;
        byte[] rgb = new byte[3 * plane];
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < 3; c++) {
                float level = Math.max(0f, Math.min(1f, image.data()[c * plane + p] / 2 + 0.5f));
                rgb[3 * p + c] = (byte) Math.rint(level * 255f);
            }
        }
        return new RgbImage(height, width, rgb);
    }

    @Override
    public void close() {
        autoencoder.close();
    }
}
