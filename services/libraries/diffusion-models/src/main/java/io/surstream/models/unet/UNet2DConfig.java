package io.surstream.models.unet;

import io.surstream.models.ConfigFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shape of a UNet2DConditionModel, as its {@code config.json} says it. Lists have one entry per level, from the largest
 * resolution to the smallest.
 *
 * @param inChannels channels of the noisy latents
 * @param outChannels channels of the model output
 * @param crossAttention per down block: whether its layers have transformers
 * @param upCrossAttention per up block, from the smallest resolution to the largest: the same
 * @param midBlock how the block between down and up is made
 * @param heads attention heads; the checkpoints of SD call this number {@code attention_head_dim}
 * @param depths transformer blocks in each attention layer
 * @param contextWidth width of the text states that cross-attention reads
 * @param groups groups of the group norms
 * @param linearProjection matrices instead of 1×1 convolutions around the transformers (SD 2.x)
 * @param timeWidth width of the time embedding
 * @param added what joins the time embedding beside the timestep (SDXL)
 */
public record UNet2DConfig(
        int inChannels,
        int outChannels,
        List<Integer> channels,
        List<Boolean> crossAttention,
        List<Boolean> upCrossAttention,
        MidBlock midBlock,
        List<Integer> layers,
        List<Integer> heads,
        TransformerDepths depths,
        List<Integer> contextWidth,
        int groups,
        double eps,
        String activation,
        boolean linearProjection,
        boolean flipSinToCos,
        double freqShift,
        int downsamplePadding,
        int timeWidth,
        int convInKernel,
        int convOutKernel,
        Optional<AddedConditions> added) {

    /** The kinds of mid block. */
    public enum MidBlock {
        CROSS_ATTENTION,
        PLAIN,
        NONE
    }

    private static final String CROSS_DOWN = "CrossAttnDownBlock2D";
    private static final String CROSS_UP = "CrossAttnUpBlock2D";

    /**
     * Reads and checks a config.
     *
     * @throws io.surstream.models.ModelException naming the first value that is not supported
     */
    public static UNet2DConfig from(ConfigFile config) {
        config.choice("_class_name", "UNet2DConditionModel");
        refuseUnsupported(config);
        List<Integer> channels = config.counts("block_out_channels", List.of(320, 640, 1280, 1280));
        int levels = channels.size();
        List<String> down = config.choices(
                "down_block_types",
                List.of(CROSS_DOWN, CROSS_DOWN, CROSS_DOWN, "DownBlock2D"),
                Set.of(CROSS_DOWN, "DownBlock2D"));
        List<String> up = config.choices(
                "up_block_types", List.of("UpBlock2D", CROSS_UP, CROSS_UP, CROSS_UP), Set.of(CROSS_UP, "UpBlock2D"));
        if (down.size() != levels || up.size() != levels) {
            throw config.refusal(
                    down.size() != levels ? "down_block_types" : "up_block_types",
                    levels + " blocks, as many as block_out_channels has entries");
        }
        int groups = config.count("norm_num_groups", 32);
        List<Integer> heads = config.counts("attention_head_dim", levels, 8);
        for (int i = 0; i < levels; i++) {
            if (channels.get(i) % groups != 0) {
                throw config.refusal("norm_num_groups", "divisors of every entry of block_out_channels " + channels);
            }
            boolean attends =
                    down.get(i).equals(CROSS_DOWN) || up.get(levels - 1 - i).equals(CROSS_UP) || i == levels - 1;
            if (attends && channels.get(i) % heads.get(i) != 0) {
                throw config.refusal("attention_head_dim", "divisors of each level's channels " + channels);
            }
        }
        List<Integer> layers = config.depths("layers_per_block", levels, 2);
        return new UNet2DConfig(
                config.count("in_channels", 4),
                config.count("out_channels", 4),
                channels,
                down.stream().map(CROSS_DOWN::equals).toList(),
                up.stream().map(CROSS_UP::equals).toList(),
                midBlock(config),
                layers,
                heads,
                TransformerDepths.from(config, layers),
                config.counts("cross_attention_dim", levels, 1280),
                groups,
                config.number("norm_eps", 1e-5),
                config.choice("act_fn", "silu", "swish", "mish", "gelu", "relu"),
                config.flag("use_linear_projection", false),
                config.flag("flip_sin_to_cos", true),
                config.number("freq_shift", 0),
                padding(config),
                config.count("time_embedding_dim", 4 * channels.get(0)),
                kernel(config, "conv_in_kernel"),
                kernel(config, "conv_out_kernel"),
                AddedConditions.from(config));
    }

    /** Number of down blocks, and of up blocks. */
    public int levels() {
        return channels.size();
    }

    private static MidBlock midBlock(ConfigFile config) {
        if (config.isNull("mid_block_type")) {
            return MidBlock.NONE;
        }
        String type = config.choice("mid_block_type", "UNetMidBlock2DCrossAttn", "UNetMidBlock2D");
        return type.equals("UNetMidBlock2D") ? MidBlock.PLAIN : MidBlock.CROSS_ATTENTION;
    }

    private static int padding(ConfigFile config) {
        long padding = config.whole("downsample_padding", 1);
        if (padding < 0 || padding > 1) {
            throw config.refusal("downsample_padding", "0, 1");
        }
        return (int) padding;
    }

    private static int kernel(ConfigFile config, String field) {
        int kernel = config.count(field, 3);
        if (kernel % 2 == 0 || kernel > 31) {
            throw config.refusal(field, "odd numbers 1..31");
        }
        return kernel;
    }

    private static void refuseUnsupported(ConfigFile config) {
        for (String field : List.of(
                "class_embed_type",
                "cross_attention_norm",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "num_attention_heads",
                "num_class_embeds",
                "time_cond_proj_dim",
                "time_embedding_act_fn",
                "timestep_post_act")) {
            config.neutral(field, null);
        }
        for (String field : List.of(
                "center_input_sample",
                "class_embeddings_concat",
                "dual_cross_attention",
                "mid_block_only_cross_attention",
                "only_cross_attention",
                "resnet_skip_time_act")) {
            config.neutral(field, false);
        }
        config.neutral("attention_type", "default");
        config.neutral("mid_block_scale_factor", 1);
        config.neutral("resnet_out_scale_factor", 1);
        config.neutral("resnet_time_scale_shift", "default");
        config.neutral("time_embedding_type", "positional");
    }
}
