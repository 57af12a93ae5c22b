package io.surstream.contract.prompt;

import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.List;

/** One base model's own defaults and limits. Immutable. */
public interface ModelRules {
    /** For code that knows no model: nothing is filled in, nothing more is refused. */
    ModelRules NONE = new ModelRules() {
        @Override
        public SamplingSettings complete(SamplingSettings asked) {
            return asked;
        }

        @Override
        public List<Failure> problems(SamplingSettings complete) {
            return List.of();
        }
    };

    /** What was asked, with the model's defaults in the absent fields. The seed stays as it is. */
    SamplingSettings complete(SamplingSettings asked);

    /**
     * What this model cannot do, beyond the operator's limits.
     *
     * @param complete within the operator's limits
     */
    List<Failure> problems(SamplingSettings complete);
}
