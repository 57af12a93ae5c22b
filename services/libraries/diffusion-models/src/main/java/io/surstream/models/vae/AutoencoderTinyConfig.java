package io.surstream.models.vae;

import io.surstream.models.ConfigFile;
import java.util.List;

/**
 * Shape of an AutoencoderTiny, as its {@code config.json} says it. All levels of one side have the same number of channels.
 *
 * @param encoderBlocks blocks per level, from the image's resolution to the latents'
 * @param decoderBlocks blocks per level, from the latents' resolution to the image's
 * @param upscale factor of each upsampling
 */
public record AutoencoderTinyConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        int encoderChannels,
        int decoderChannels,
        List<Integer> encoderBlocks,
        List<Integer> decoderBlocks,
        int upscale,
        String activation,
        double scalingFactor,
        double shiftFactor) {

    /** What TAESD has, whose original files come without a config. */
    static final AutoencoderTinyConfig TAESD =
            new AutoencoderTinyConfig(3, 3, 4, 64, 64, List.of(1, 3, 3, 3), List.of(3, 3, 3, 1), 2, "relu", 1, 0);

    /**
     * Reads and checks a config.
     *
     * @throws io.surstream.models.ModelException naming the first value that is not supported
     */
    public static AutoencoderTinyConfig from(ConfigFile config) {
        config.choice("_class_name", "AutoencoderTiny");
        config.choice("upsample_fn", "nearest");
        List<Integer> encoder = config.depths("num_encoder_blocks", TAESD.encoderBlocks);
        List<Integer> decoder = config.depths("num_decoder_blocks", TAESD.decoderBlocks);
        double scaling = config.number("scaling_factor", 1);
        if (scaling == 0) {
            throw config.refusal("scaling_factor", "any number but 0");
        }
        return new AutoencoderTinyConfig(
                config.count("in_channels", 3),
                config.count("out_channels", 3),
                config.count("latent_channels", 4),
                width(config, "encoder_block_out_channels", encoder.size()),
                width(config, "decoder_block_out_channels", decoder.size()),
                encoder,
                decoder,
                config.count("upsampling_scaling_factor", 2),
                config.choice("act_fn", "relu", "silu", "swish", "mish", "gelu"),
                scaling,
                config.number("shift_factor", 0));
    }

    /** H / h. */
    public int downscale() {
        return 1 << (encoderBlocks.size() - 1);
    }

    private static int width(ConfigFile config, String field, int levels) {
        List<Integer> widths = config.counts(field, levels, TAESD.encoderChannels);
        if (widths.stream().distinct().count() != 1) {
            throw config.refusal(field, "the same width on every level");
        }
        return widths.get(0);
    }
}
