package io.surstream.models.vae;

import io.surstream.models.WeightShapes;

/** Names and shapes of an AutoencoderTiny's tensors. Layers are numbered; activations and upsamplings take numbers too. */
final class AutoencoderTinyWeights {
    private final AutoencoderTinyConfig config;
    private final WeightShapes shapes = new WeightShapes();

    private AutoencoderTinyWeights(AutoencoderTinyConfig config) {
        this.config = config;
    }

    static WeightShapes of(AutoencoderTinyConfig config) {
        AutoencoderTinyWeights weights = new AutoencoderTinyWeights(config);
        weights.encoder();
        weights.decoder();
        return weights.shapes;
    }

    private void encoder() {
        String n = "encoder.layers.";
        int c = config.encoderChannels();
        int i = 0;
        for (int level = 0; level < config.encoderBlocks().size(); level++) {
            if (level == 0) {
                shapes.conv(n + i++, c, config.inChannels(), 3);
            } else {
                shapes.tensor(n + i++ + ".weight", c, c, 3, 3);
            }
            for (int j = 0; j < config.encoderBlocks().get(level); j++) {
                block(n + i++, c);
            }
        }
        shapes.conv(n + i, config.latentChannels(), c, 3);
    }

    private void decoder() {
        String n = "decoder.layers.";
        int c = config.decoderChannels();
        int last = config.decoderBlocks().size() - 1;
        shapes.conv(n + 0, c, config.latentChannels(), 3);
        int i = 2;
        for (int level = 0; level <= last; level++) {
            for (int j = 0; j < config.decoderBlocks().get(level); j++) {
                block(n + i++, c);
            }
            if (level < last) {
                shapes.tensor(n + (i + 1) + ".weight", c, c, 3, 3);
                i += 2;
            }
        }
        shapes.conv(n + i, config.outChannels(), c, 3);
    }

    private void block(String n, int c) {
        for (int j = 0; j <= 4; j += 2) {
            shapes.conv(n + ".conv." + j, c, c, 3);
        }
    }
}
