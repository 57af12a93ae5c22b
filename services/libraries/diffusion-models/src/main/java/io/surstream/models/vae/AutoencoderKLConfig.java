package io.surstream.models.vae;

import io.surstream.models.ConfigFile;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Shape of an AutoencoderKL, as its {@code config.json} says it.
 *
 * @param channels per level, from the image's resolution to the latents'
 * @param layers resnets per encoder block; the decoder's blocks have one more
 */
public record AutoencoderKLConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> channels,
        int layers,
        int groups,
        String activation,
        boolean midAttention,
        boolean quantConv,
        boolean postQuantConv,
        double scalingFactor,
        double shiftFactor) {

    private static final String DOWN = "DownEncoderBlock2D";
    private static final String UP = "UpDecoderBlock2D";

    /**
     * Reads and checks a config.
     *
     * @throws io.surstream.models.ModelException naming the first value that is not supported
     */
    public static AutoencoderKLConfig from(ConfigFile config) {
        config.choice("_class_name", "AutoencoderKL");
        config.neutral("latents_mean", null);
        config.neutral("latents_std", null);
        List<Integer> channels = config.counts("block_out_channels", List.of(64));
        int levels = channels.size();
        blocks(config, "down_block_types", DOWN, levels);
        blocks(config, "up_block_types", UP, levels);
        int groups = config.count("norm_num_groups", 32);
        if (channels.stream().anyMatch(c -> c % groups != 0)) {
            throw config.refusal("norm_num_groups", "divisors of every entry of block_out_channels " + channels);
        }
        double scaling = config.number("scaling_factor", 0.18215);
        if (scaling == 0) {
            throw config.refusal("scaling_factor", "any number but 0");
        }
        return new AutoencoderKLConfig(
                config.count("in_channels", 3),
                config.count("out_channels", 3),
                config.count("latent_channels", 4),
                channels,
                config.depth("layers_per_block", 1),
                groups,
                config.choice("act_fn", "silu", "swish", "mish", "gelu", "relu"),
                config.flag("mid_block_add_attention", true),
                config.flag("use_quant_conv", true),
                config.flag("use_post_quant_conv", true),
                scaling,
                config.number("shift_factor", 0));
    }

    /** H / h. */
    public int downscale() {
        return 1 << (channels.size() - 1);
    }

    private static void blocks(ConfigFile config, String field, String type, int levels) {
        List<String> types = config.choices(field, Collections.nCopies(levels, type), Set.of(type));
        if (types.size() != levels) {
            throw config.refusal(field, levels + " blocks, as many as block_out_channels has entries");
        }
    }
}
