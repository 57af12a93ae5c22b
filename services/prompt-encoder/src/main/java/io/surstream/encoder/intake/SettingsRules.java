package io.surstream.encoder.intake;

import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.List;

/** The base model's own defaults and limits for how a picture is sampled. */
public interface SettingsRules {
    /** Everything that is wrong with what was asked, one failure a field; empty when it can be done. */
    List<Failure> problems(SamplingSettings asked);

    /** What was asked, with the model's defaults in the fields that are absent. The seed stays as it is. */
    SamplingSettings complete(SamplingSettings asked);
}
