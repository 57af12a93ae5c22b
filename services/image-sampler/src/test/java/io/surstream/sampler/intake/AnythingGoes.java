package io.surstream.sampler.intake;

import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.sampler.Prompts;
import java.util.List;

/** A model that can do everything. */
public record AnythingGoes() implements ModelLimits {
    @Override
    public String revision() {
        return Prompts.REVISION;
    }

    @Override
    public long embedWidth() {
        return Prompts.WIDTH;
    }

    @Override
    public List<SamplingProblem> problems(SamplingRequest asked) {
        return List.of();
    }
}
