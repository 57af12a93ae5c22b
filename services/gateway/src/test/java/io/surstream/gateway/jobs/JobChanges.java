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

/** The events of one job's life, each with the time at which it happened. */
public final class JobChanges {

    public static final String ID = "job-1";

    /** When the job was submitted, milliseconds since the epoch. */
    public static final long SUBMITTED_AT = 1_735_689_600_100L;

    private JobChanges() {}

    public static PromptSubmitted submission(String prompt) {
        return PromptSubmitted.newBuilder()
                .setJobId(ID)
                .setPrompt(prompt)
                .setNegativePrompt("green")
                .setSampling(SamplingSettings.newBuilder().setSeed(7))
                .setAdapter(AdapterChoice.newBuilder().setAdapter("live"))
                .setSubmittedAtMs(SUBMITTED_AT)
                .build();
    }

    public static SamplingSettings complete() {
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

    public static JobChange submitted() {
        return new JobChange.Submitted(submission("a red heart"), SUBMITTED_AT);
    }

    public static JobChange encoded() {
        return new JobChange.Encoded(
                PromptEncoded.newBuilder()
                        .setJobId(ID)
                        .setEncoded(EncodedPrompt.newBuilder()
                                .setPrompt("a red heart")
                                .setNegativePrompt("green")
                                .setSampling(complete()))
                        .addTimings(timing("prompt-encoder", SUBMITTED_AT + 10))
                        .build(),
                SUBMITTED_AT + 20);
    }

    public static JobChange encodingFailed() {
        return new JobChange.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setFailure(Failure.newBuilder()
                                .setType("PROMPT_TOO_LONG")
                                .setField("prompt")
                                .setStage("prompt-encoder"))
                        .addTimings(timing("prompt-encoder", SUBMITTED_AT + 10))
                        .build(),
                SUBMITTED_AT + 20);
    }

    public static JobChange progressed(int steps) {
        return new JobChange.Progressed(
                ImageProgressed.newBuilder()
                        .setJobId(ID)
                        .setStepsDone(steps)
                        .setStepsTotal(20)
                        .build(),
                SUBMITTED_AT + 100 + steps);
    }

    public static JobChange cancelled() {
        return new JobChange.Cancelled(
                PromptCancelled.newBuilder()
                        .setJobId(ID)
                        .setReason("cancelled by its client")
                        .build(),
                SUBMITTED_AT + 200);
    }

    public static JobChange sampled() {
        return new JobChange.Sampled(
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
                        .addTimings(timing("image-sampler", SUBMITTED_AT + 30))
                        .build(),
                SUBMITTED_AT + 210);
    }

    public static JobChange samplingFailed() {
        return new JobChange.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setFailure(Failure.newBuilder().setType("DELIVERY_LIMIT_REACHED"))
                        .addTimings(timing("image-sampler", SUBMITTED_AT + 30))
                        .build(),
                SUBMITTED_AT + 210);
    }

    public static JobChange purged() {
        return new JobChange.Purged(ID, SUBMITTED_AT + 400);
    }

    public static JobChange samplingCancelled() {
        return new JobChange.Sampled(
                ImageSampled.newBuilder()
                        .setJobId(ID)
                        .setCancelled(Cancelled.newBuilder().setReason("cancelled by its client"))
                        .addTimings(timing("image-sampler", SUBMITTED_AT + 30))
                        .build(),
                SUBMITTED_AT + 210);
    }

    private static StageTiming timing(String stage, long receivedAtMs) {
        return StageTiming.newBuilder()
                .setStage(stage)
                .setReceivedAtMs(receivedAtMs)
                .setFinishedAtMs(receivedAtMs + 10)
                .build();
    }
}
