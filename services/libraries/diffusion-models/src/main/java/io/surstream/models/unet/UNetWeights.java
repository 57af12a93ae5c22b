package io.surstream.models.unet;

import io.surstream.models.WeightShapes;
import io.surstream.models.unet.UNet2DConfig.MidBlock;
import java.util.List;

/** Names and shapes of a UNet2DConditionModel's tensors. */
public final class UNetWeights {
    private final UNet2DConfig config;
    private final WeightShapes shapes = new WeightShapes();

    private UNetWeights(UNet2DConfig config) {
        this.config = config;
    }

    /** All tensors of a UNet of that config. */
    public static WeightShapes of(UNet2DConfig config) {
        UNetWeights weights = new UNetWeights(config);
        int first = config.channels().get(0);
        weights.shapes.conv("conv_in", first, config.inChannels(), config.convInKernel());
        weights.shapes.linear("time_embedding.linear_1", config.timeWidth(), first);
        weights.shapes.linear("time_embedding.linear_2", config.timeWidth(), config.timeWidth());
        config.added().ifPresent(added -> {
            weights.shapes.linear("add_embedding.linear_1", config.timeWidth(), added.width());
            weights.shapes.linear("add_embedding.linear_2", config.timeWidth(), config.timeWidth());
        });
        weights.down();
        weights.mid();
        weights.up();
        weights.shapes.norm("conv_norm_out", first);
        weights.shapes.conv("conv_out", config.outChannels(), first, config.convOutKernel());
        return weights.shapes;
    }

    private void down() {
        List<Integer> channels = config.channels();
        int out = channels.get(0);
        for (int i = 0; i < config.levels(); i++) {
            String n = "down_blocks." + i;
            int in = out;
            out = channels.get(i);
            for (int j = 0; j < config.layers().get(i); j++) {
                shapes.resnet(n + ".resnets." + j, j == 0 ? in : out, out, config.timeWidth());
                if (config.crossAttention().get(i)) {
                    transformer(
                            n + ".attentions." + j,
                            i,
                            config.depths().down().get(i).get(j));
                }
            }
            if (i < config.levels() - 1) {
                shapes.conv(n + ".downsamplers.0.conv", out, out, 3);
            }
        }
    }

    private void mid() {
        if (config.midBlock() == MidBlock.NONE) {
            return;
        }
        int last = config.levels() - 1;
        int channels = config.channels().get(last);
        shapes.resnet("mid_block.resnets.0", channels, channels, config.timeWidth());
        if (config.midBlock() == MidBlock.CROSS_ATTENTION) {
            transformer("mid_block.attentions.0", last, config.depths().mid());
            shapes.resnet("mid_block.resnets.1", channels, channels, config.timeWidth());
        }
    }

    private void up() {
        List<Integer> channels = config.channels();
        int last = config.levels() - 1;
        int out = channels.get(last);
        for (int i = 0; i <= last; i++) {
            String n = "up_blocks." + i;
            int level = last - i;
            int before = out;
            out = channels.get(level);
            int lastSkip = channels.get(Math.max(level - 1, 0));
            int layers = config.layers().get(level) + 1;
            for (int j = 0; j < layers; j++) {
                int skip = j == layers - 1 ? lastSkip : out;
                shapes.resnet(n + ".resnets." + j, (j == 0 ? before : out) + skip, out, config.timeWidth());
                if (config.upCrossAttention().get(i)) {
                    transformer(
                            n + ".attentions." + j,
                            level,
                            config.depths().up().get(i).get(j));
                }
            }
            if (i < last) {
                shapes.conv(n + ".upsamplers.0.conv", out, out, 3);
            }
        }
    }

    private void transformer(String n, int level, int depth) {
        int c = config.channels().get(level);
        shapes.norm(n + ".norm", c);
        projection(n + ".proj_in", c);
        for (int k = 0; k < depth; k++) {
            String block = n + ".transformer_blocks." + k;
            shapes.norm(block + ".norm1", c);
            attention(block + ".attn1", c, c);
            shapes.norm(block + ".norm2", c);
            attention(block + ".attn2", c, config.contextWidth().get(level));
            shapes.norm(block + ".norm3", c);
            shapes.linear(block + ".ff.net.0.proj", 8L * c, c);
            shapes.linear(block + ".ff.net.2", c, 4L * c);
        }
        projection(n + ".proj_out", c);
    }

    private void projection(String n, int c) {
        if (config.linearProjection()) {
            shapes.linear(n, c, c);
        } else {
            shapes.conv(n, c, c, 1);
        }
    }

    private void attention(String n, int c, int context) {
        shapes.tensor(n + ".to_q.weight", c, c);
        shapes.tensor(n + ".to_k.weight", c, context);
        shapes.tensor(n + ".to_v.weight", c, context);
        shapes.linear(n + ".to_out.0", c, c);
    }
}
