package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Map;

/**
 * Weights of a new AutoencoderKL without attention in the middle, keys exactly as diffusers writes them.
 *
 * @param blockOutChannels channels of each level, outermost first; each level but the last halves the image
 */
public record FreshAutoencoder(
        int imageChannels, int latentChannels, List<Integer> blockOutChannels, int layersPerBlock) {

    /** Fresh parameters by checkpoint key; the same seed gives the same values on every machine. */
    public Map<String, FloatTensor> weights(long seed) {
        FreshWeights w = new FreshWeights(seed);
        encoder(w);
        w.conv("quant_conv", 2 * latentChannels, 2 * latentChannels, 1);
        w.conv("post_quant_conv", latentChannels, latentChannels, 1);
        decoder(w);
        return w.toMap();
    }

    private void encoder(FreshWeights w) {
        int channels = blockOutChannels.get(0);
        w.conv("encoder.conv_in", imageChannels, channels, 3);
        for (int level = 0; level < blockOutChannels.size(); level++) {
            String block = "encoder.down_blocks." + level;
            int out = blockOutChannels.get(level);
            for (int layer = 0; layer < layersPerBlock; layer++) {
                resnet(w, block + ".resnets." + layer, channels, out);
                channels = out;
            }
            if (level < blockOutChannels.size() - 1) {
                w.conv(block + ".downsamplers.0.conv", out, out, 3);
            }
        }
        middle(w, "encoder.mid_block", channels);
        w.norm("encoder.conv_norm_out", channels);
        w.conv("encoder.conv_out", channels, 2 * latentChannels, 3);
    }

    private void decoder(FreshWeights w) {
        int levels = blockOutChannels.size();
        int channels = blockOutChannels.get(levels - 1);
        w.conv("decoder.conv_in", latentChannels, channels, 3);
        middle(w, "decoder.mid_block", channels);
        for (int i = 0; i < levels; i++) {
            String block = "decoder.up_blocks." + i;
            int out = blockOutChannels.get(levels - 1 - i);
            for (int layer = 0; layer <= layersPerBlock; layer++) {
                resnet(w, block + ".resnets." + layer, channels, out);
                channels = out;
            }
            if (i < levels - 1) {
                w.conv(block + ".upsamplers.0.conv", out, out, 3);
            }
        }
        w.norm("decoder.conv_norm_out", channels);
        w.conv("decoder.conv_out", channels, imageChannels, 3);
    }

    private static void middle(FreshWeights w, String name, int channels) {
        resnet(w, name + ".resnets.0", channels, channels);
        resnet(w, name + ".resnets.1", channels, channels);
    }

    private static void resnet(FreshWeights w, String name, int in, int out) {
        w.norm(name + ".norm1", in).conv(name + ".conv1", in, out, 3);
        w.norm(name + ".norm2", out).zeroConv(name + ".conv2", out, out, 3);
        if (in != out) {
            w.conv(name + ".conv_shortcut", in, out, 1);
        }
    }
}
