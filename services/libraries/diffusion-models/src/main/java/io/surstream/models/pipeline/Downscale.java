package io.surstream.models.pipeline;

import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import java.util.List;

/** Pixels per latent along one side, read off the autoencoder's config without loading it. */
final class Downscale {
    private Downscale() {}

    static int of(ModelFolder model) {
        ConfigFile vae = ConfigFile.read(model.component("vae").resolve("config.json"));
        boolean tiny =
                vae.choice("_class_name", "AutoencoderKL", "AutoencoderTiny").equals("AutoencoderTiny");
        int levels = tiny
                ? vae.counts("decoder_block_out_channels", List.of(64, 64, 64, 64))
                        .size()
                : vae.counts("block_out_channels", List.of(64)).size();
        return 1 << (levels - 1);
    }
}
