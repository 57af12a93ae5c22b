package io.surstream.sampler.model;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.sampler.validation.ModelLimits;
import java.util.Collections;

/** Reads limits off a model folder. */
public final class UnetLimits {
    private UnetLimits() {}

    /** @param rules of the same model */
    public static ModelLimits of(ModelFolder model, PromptLimits limits, SamplingRules rules) {
        UNet2DConfig unet =
                UNet2DConfig.from(ConfigFile.read(model.component("unet").resolve("config.json")));
        return new ModelLimits(
                model.revision(),
                PromptEmbedder.windowOf(model),
                Collections.max(unet.contextWidth()),
                new PromptRules(limits, rules));
    }
}
