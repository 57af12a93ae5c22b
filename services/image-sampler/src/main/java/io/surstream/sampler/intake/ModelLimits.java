package io.surstream.sampler.intake;

import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import java.util.List;

/** What the base model can sample, as this service sees it. */
public interface ModelLimits {
    /** Names the base model's weights. */
    String revision();

    /** Length d of one token's embedding. */
    long embedWidth();

    /** Everything that is wrong with the settings. */
    List<SamplingProblem> problems(SamplingRequest asked);
}
