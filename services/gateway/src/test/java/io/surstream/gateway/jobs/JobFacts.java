package io.surstream.gateway.jobs;

import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Cancelled;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SampledImages;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.StageTiming;

/** The facts of one job's life, each with the time at which it happened. */
final class JobFacts {

    static final String ID = "job-1";

    private JobFacts() {}

    static PromptSubmitted submission(String prompt) {
        return PromptSubmitted.newBuilder()
                .setJobId(ID)
                .setPrompt(prompt)
                .setNegativePrompt("green")
                .setSampling(SamplingSettings.newBuilder().setSeed(7))
                .setAdapter(AdapterChoice.newBuilder().setAdapter("live"))
                .setSubmittedAtMs(100)
                .build();
    }

    static SamplingSettings complete() {
        return SamplingSettings.newBuilder()
                .setSeed(7)
                .setNumInferenceSteps(20)
                .setGuidanceScale(5)
                .setScheduler("ddim")
                .setNumImages(1)
                .setHeight(64)
                .setWidth(64)
                .build();
    }

    static JobEvent submitted() {
        return new JobEvent.Submitted(submission("a red heart"), 100);
    }

    static JobEvent encoded() {
        return new JobEvent.Encoded(
                PromptEncoded.newBuilder()
                        .setJobId(ID)
                        .setEncoded(EncodedPrompt.newBuilder()
                                .setPrompt("a red heart")
                                .setNegativePrompt("green")
                                .setSampling(complete()))
                        .addTimings(timing("prompt-encoder", 110))
                        .build(),
                120);
    }

    static JobEvent encodingFailed() {
        return new JobEvent.Encoded(
                PromptEncoded.newBuilder()
                        .setJobId(ID)
                        .setFailure(Failure.newBuilder()
                                .setType("PROMPT_TOO_LONG")
                                .setField("prompt")
                                .setStage("prompt-encoder"))
                        .addTimings(timing("prompt-encoder", 110))
                        .build(),
                120);
    }

    static JobEvent progressed(int steps) {
        return new JobEvent.Progressed(
                ImageProgressed.newBuilder()
                        .setJobId(ID)
                        .setStepsDone(steps)
                        .setStepsTotal(20)
                        .build(),
                200 + steps);
    }

    static JobEvent cancelled() {
        return new JobEvent.Cancelled(
                PromptCancelled.newBuilder()
                        .setJobId(ID)
                        .setReason("cancelled by its client")
                        .build(),
                300);
    }

    static JobEvent sampled() {
        return new JobEvent.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setImages(SampledImages.newBuilder()
                                .addImages(SampledImage.newBuilder()
                                        .setObject(ObjectReference.newBuilder()
                                                .setBucket("surstream")
                                                .setKey("images/job-1/0.png")
                                                .setSha256("ab".repeat(32)))
                                        .setSeed(7)
                                        .setHeight(64)
                                        .setWidth(64))
                                .setSampling(complete())
                                .setAdapterRevision("none"))
                        .addTimings(timing("image-sampler", 130))
                        .build(),
                310);
    }

    static JobEvent samplingFailed() {
        return new JobEvent.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setFailure(Failure.newBuilder().setType("DELIVERY_LIMIT_REACHED"))
                        .addTimings(timing("image-sampler", 130))
                        .build(),
                310);
    }

    static JobEvent samplingCancelled() {
        return new JobEvent.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setCancelled(Cancelled.newBuilder().setReason("cancelled by its client"))
                        .addTimings(timing("image-sampler", 130))
                        .build(),
                310);
    }

    private static StageTiming timing(String stage, long receivedAtMs) {
        return StageTiming.newBuilder()
                .setStage(stage)
                .setReceivedAtMs(receivedAtMs)
                .setFinishedAtMs(receivedAtMs + 10)
                .build();
    }
}
