package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Weights of a new UNet2DConditionModel of the SD 1.x kind: convolutions as transformer projections, one transformer
 * block a level, keys exactly as diffusers writes them.
 *
 * @param blockOutChannels channels of each level, outermost first
 * @param crossAttention for each level, whether its blocks attend to the text (CrossAttnDownBlock2D / CrossAttnUpBlock2D)
 */
public record FreshUNet(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        List<Boolean> crossAttention,
        int layersPerBlock,
        int crossAttentionDim) {

    /** Fresh parameters by checkpoint key; the same seed gives the same values on every machine. */
    public Map<String, FloatTensor> weights(long seed) {
        FreshWeights w = new FreshWeights(seed);
        int first = blockOutChannels.get(0);
        int last = blockOutChannels.get(blockOutChannels.size() - 1);
        int timeEmbedding = 4 * first;
        w.conv("conv_in", inChannels, first, 3);
        w.linear("time_embedding.linear_1", first, timeEmbedding);
        w.linear("time_embedding.linear_2", timeEmbedding, timeEmbedding);
        Deque<Integer> skips = new ArrayDeque<>();
        skips.push(first);
        down(w, skips, timeEmbedding);
        resnet(w, "mid_block.resnets.0", last, last, timeEmbedding);
        transformer(w, "mid_block.attentions.0", last);
        resnet(w, "mid_block.resnets.1", last, last, timeEmbedding);
        up(w, skips, timeEmbedding);
        w.norm("conv_norm_out", first);
        w.zeroConv("conv_out", first, outChannels, 3);
        return w.toMap();
    }

    private void down(FreshWeights w, Deque<Integer> skips, int timeEmbedding) {
        int channels = blockOutChannels.get(0);
        for (int level = 0; level < blockOutChannels.size(); level++) {
            String block = "down_blocks." + level;
            int out = blockOutChannels.get(level);
            for (int layer = 0; layer < layersPerBlock; layer++) {
                resnet(w, block + ".resnets." + layer, channels, out, timeEmbedding);
                if (crossAttention.get(level)) {
                    transformer(w, block + ".attentions." + layer, out);
                }
                channels = out;
                skips.push(out);
            }
            if (level < blockOutChannels.size() - 1) {
                w.conv(block + ".downsamplers.0.conv", out, out, 3);
                skips.push(out);
            }
        }
    }

    private void up(FreshWeights w, Deque<Integer> skips, int timeEmbedding) {
        int levels = blockOutChannels.size();
        int channels = blockOutChannels.get(levels - 1);
        for (int i = 0; i < levels; i++) {
            String block = "up_blocks." + i;
            int level = levels - 1 - i;
            int out = blockOutChannels.get(level);
            for (int layer = 0; layer <= layersPerBlock; layer++) {
                resnet(w, block + ".resnets." + layer, channels + skips.pop(), out, timeEmbedding);
                if (crossAttention.get(level)) {
                    transformer(w, block + ".attentions." + layer, out);
                }
                channels = out;
            }
            if (i < levels - 1) {
                w.conv(block + ".upsamplers.0.conv", out, out, 3);
            }
        }
    }

    private static void resnet(FreshWeights w, String name, int in, int out, int timeEmbedding) {
        w.norm(name + ".norm1", in).conv(name + ".conv1", in, out, 3);
        w.linear(name + ".time_emb_proj", timeEmbedding, out);
        w.norm(name + ".norm2", out).zeroConv(name + ".conv2", out, out, 3);
        if (in != out) {
            w.conv(name + ".conv_shortcut", in, out, 1);
        }
    }

    private void transformer(FreshWeights w, String name, int channels) {
        w.norm(name + ".norm", channels).conv(name + ".proj_in", channels, channels, 1);
        String block = name + ".transformer_blocks.0";
        w.norm(block + ".norm1", channels);
        attention(w, block + ".attn1", channels, channels);
        w.norm(block + ".norm2", channels);
        attention(w, block + ".attn2", channels, crossAttentionDim);
        w.norm(block + ".norm3", channels);
        w.linear(block + ".ff.net.0.proj", channels, 8 * channels);
        w.linear(block + ".ff.net.2", 4 * channels, channels);
        w.zeroConv(name + ".proj_out", channels, channels, 1);
    }

    private static void attention(FreshWeights w, String name, int channels, int contextChannels) {
        w.linearWithoutBias(name + ".to_q", channels, channels);
        w.linearWithoutBias(name + ".to_k", contextChannels, channels);
        w.linearWithoutBias(name + ".to_v", contextChannels, channels);
        w.linear(name + ".to_out.0", channels, channels);
    }
}
