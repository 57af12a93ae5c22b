package io.surstream.sampler.model;

import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.sampler.intake.ModelLimits;
import java.util.Collections;
import java.util.List;

/** Limits read off a model folder. */
public record UnetLimits(String revision, long embedWidth, SamplingRules rules) implements ModelLimits {

    public static UnetLimits of(ModelFolder model, SamplingRules rules) {
        UNet2DConfig unet =
                UNet2DConfig.from(ConfigFile.read(model.component("unet").resolve("config.json")));
        return new UnetLimits(model.revision(), Collections.max(unet.contextWidth()), rules);
    }

    @Override
    public List<SamplingProblem> problems(SamplingRequest asked) {
        return rules.problems(asked);
    }
}
