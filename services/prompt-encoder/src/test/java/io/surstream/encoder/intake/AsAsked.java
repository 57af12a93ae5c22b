package io.surstream.encoder.intake;

import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.List;

/** Everything goes, nothing is filled in. */
public class AsAsked implements SettingsRules {
    @Override
    public List<Failure> problems(SamplingSettings asked) {
        return List.of();
    }

    @Override
    public SamplingSettings complete(SamplingSettings asked) {
        return asked;
    }
}
