package io.surstream.sampler.intake;

import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;

/** Settings of an event, which must be complete, as the pipeline takes them. */
final class SettingsReader {
    private SettingsReader() {}

    /** What is missing, or else what is wrong; empty when {@link #read} may be called. */
    static List<SamplingProblem> problems(SamplingSettings settings, ModelLimits limits) {
        List<SamplingProblem> missing = new ArrayList<>();
        require(settings.hasSeed(), "seed", missing);
        require(settings.hasNumInferenceSteps(), "num_inference_steps", missing);
        require(settings.hasGuidanceScale(), "guidance_scale", missing);
        require(!settings.getScheduler().isEmpty(), "scheduler", missing);
        require(settings.hasNumImages(), "num_images", missing);
        require(settings.hasHeight(), "height", missing);
        require(settings.hasWidth(), "width", missing);
        return missing.isEmpty() ? limits.problems(request(settings)) : missing;
    }

    static Sampling read(SamplingSettings settings) {
        return new Sampling(
                settings.getSeed(),
                settings.getNumInferenceSteps(),
                settings.getGuidanceScale(),
                settings.getScheduler(),
                settings.getNumImages(),
                settings.getHeight(),
                settings.getWidth());
    }

    private static void require(boolean set, String field, List<SamplingProblem> missing) {
        if (!set) {
            missing.add(new SamplingProblem(field, "absent", "set"));
        }
    }

    private static SamplingRequest request(SamplingSettings settings) {
        return SamplingRequest.defaults()
                .withSeed(settings.getSeed())
                .withSteps(settings.getNumInferenceSteps())
                .withGuidanceScale(settings.getGuidanceScale())
                .withScheduler(settings.getScheduler())
                .withImages(settings.getNumImages())
                .withSize(settings.getHeight(), settings.getWidth());
    }
}
