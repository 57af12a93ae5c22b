package io.surstream.encoder.model;

import io.surstream.encoder.intake.PromptIntake;
import io.surstream.encoder.intake.SettingsRules;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingProblem;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.v1.Failure;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A base model's defaults and limits, between the words of the events and those of the pipeline. */
public final class ModelSettings implements SettingsRules {
    private final SamplingRules rules;

    public ModelSettings(SamplingRules rules) {
        this.rules = rules;
    }

    @Override
    public List<Failure> problems(SamplingSettings asked) {
        return rules.problems(request(asked)).stream()
                .map(ModelSettings::failure)
                .toList();
    }

    @Override
    public SamplingSettings complete(SamplingSettings asked) {
        Sampling sampling = rules.complete(request(asked));
        return asked.toBuilder()
                .setNumInferenceSteps(sampling.steps())
                .setGuidanceScale((float) sampling.guidanceScale())
                .setScheduler(sampling.scheduler())
                .setNumImages(sampling.images())
                .setHeight(sampling.height())
                .setWidth(sampling.width())
                .build();
    }

    private static SamplingRequest request(SamplingSettings asked) {
        return new SamplingRequest(
                asked.hasSeed() ? OptionalLong.of(asked.getSeed()) : OptionalLong.empty(),
                asked.hasNumInferenceSteps() ? OptionalInt.of(asked.getNumInferenceSteps()) : OptionalInt.empty(),
                asked.hasGuidanceScale() ? OptionalDouble.of(asked.getGuidanceScale()) : OptionalDouble.empty(),
                Optional.of(asked.getScheduler()).filter(name -> !name.isEmpty()),
                asked.hasNumImages() ? OptionalInt.of(asked.getNumImages()) : OptionalInt.empty(),
                asked.hasHeight() ? OptionalInt.of(asked.getHeight()) : OptionalInt.empty(),
                asked.hasWidth() ? OptionalInt.of(asked.getWidth()) : OptionalInt.empty());
    }

    private static Failure failure(SamplingProblem problem) {
        return Failure.newBuilder()
                .setType(problem.field().equals("scheduler") ? "UNKNOWN_SCHEDULER" : "INVALID_ARGUMENT")
                .setField("sampling." + problem.field())
                .setValue(problem.value())
                .setLimit(problem.limit())
                .setMessage("sampling." + problem.message())
                .setStage(PromptIntake.STAGE)
                .build();
    }
}
