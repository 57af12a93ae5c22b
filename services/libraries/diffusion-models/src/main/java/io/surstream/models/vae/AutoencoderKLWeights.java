package io.surstream.models.vae;

import io.surstream.models.WeightShapes;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names and shapes of an AutoencoderKL's tensors. */
public final class AutoencoderKLWeights {
    private static final Pattern OLD_ATTENTION =
            Pattern.compile("(?<=mid_block\\.attentions\\.0\\.)(query|key|value|proj_attn)(?=\\.)");
    private static final Map<String, String> NEW_NAMES =
            Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");

    private final AutoencoderKLConfig config;
    private final WeightShapes shapes = new WeightShapes();

    private AutoencoderKLWeights(AutoencoderKLConfig config) {
        this.config = config;
    }

    /** All tensors of an autoencoder of that config. */
    public static WeightShapes of(AutoencoderKLConfig config) {
        AutoencoderKLWeights weights = new AutoencoderKLWeights(config);
        weights.encoder();
        weights.decoder();
        long latent = config.latentChannels();
        if (config.quantConv()) {
            weights.shapes.conv("quant_conv", 2 * latent, 2 * latent, 1);
        }
        if (config.postQuantConv()) {
            weights.shapes.conv("post_quant_conv", latent, latent, 1);
        }
        return weights.shapes;
    }

    /** From a stored name to today's: older checkpoints spell the attention's projections otherwise. */
    static String canonical(String stored) {
        return OLD_ATTENTION.matcher(stored).replaceAll((MatchResult m) -> NEW_NAMES.get(m.group()));
    }

    private void encoder() {
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        int out = channels.get(0);
        shapes.conv("encoder.conv_in", out, config.inChannels(), 3);
        for (int i = 0; i <= last; i++) {
            String n = "encoder.down_blocks." + i;
            int in = out;
            out = channels.get(i);
            resnets(n, config.layers(), in, out);
            if (i < last) {
                shapes.conv(n + ".downsamplers.0.conv", out, out, 3);
            }
        }
        mid("encoder.mid_block", out);
        shapes.norm("encoder.conv_norm_out", out);
        shapes.conv("encoder.conv_out", 2L * config.latentChannels(), out, 3);
    }

    private void decoder() {
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        int out = channels.get(last);
        shapes.conv("decoder.conv_in", out, config.latentChannels(), 3);
        mid("decoder.mid_block", out);
        for (int i = 0; i <= last; i++) {
            String n = "decoder.up_blocks." + i;
            int in = out;
            out = channels.get(last - i);
            resnets(n, config.layers() + 1, in, out);
            if (i < last) {
                shapes.conv(n + ".upsamplers.0.conv", out, out, 3);
            }
        }
        shapes.norm("decoder.conv_norm_out", out);
        shapes.conv("decoder.conv_out", config.outChannels(), out, 3);
    }

    private void resnets(String n, int count, int in, int out) {
        for (int j = 0; j < count; j++) {
            shapes.resnet(n + ".resnets." + j, j == 0 ? in : out, out, 0);
        }
    }

    private void mid(String n, int channels) {
        shapes.resnet(n + ".resnets.0", channels, channels, 0);
        if (config.midAttention()) {
            shapes.norm(n + ".attentions.0.group_norm", channels);
            for (String projection : new String[] {"to_q", "to_k", "to_v", "to_out.0"}) {
                shapes.linear(n + ".attentions.0." + projection, channels, channels);
            }
        }
        shapes.resnet(n + ".resnets.1", channels, channels, 0);
    }
}
