package io.surstream.keys;

import java.util.Map;

/** Settings that had another name once: {@link UnknownSettings} refuses the old name with the new one. */
final class RenamedSettings {
    /** Old names by new name. */
    static final Map<String, String> FORMER = Map.of(
            "surstream.curator.on-mismatch", "surstream.curator.unfit",
            "surstream.encoder.adapter-scope", "surstream.encoder.adapter-on",
            "surstream.evaluator.max-category-drop", "surstream.evaluator.category-fall",
            "surstream.evaluator.max-frechet-rise", "surstream.evaluator.frechet-rise",
            "surstream.evaluator.max-sharpness-drop", "surstream.evaluator.sharpness-fall",
            "surstream.sampler.max-job-duration", "surstream.sampler.longest-job",
            "surstream.trainer.idle-timeout", "surstream.trainer.patience",
            "surstream.trainer.lease-timeout", "surstream.trainer.claim-timeout");

    private RenamedSettings() {}
}
