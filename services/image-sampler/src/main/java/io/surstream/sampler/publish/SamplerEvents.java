package io.surstream.sampler.publish;

import io.surstream.sampler.validation.SampleValidation;
import io.surstream.v1.Cancelled;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SampledImages;
import io.surstream.v1.StageTiming;
import java.util.List;
import java.util.Map;

/** Outcomes as events. Pure. */
public final class SamplerEvents {
    private SamplerEvents() {}

    /** The job's end with its images; the timings of the stages before are kept. */
    public static ImageSampled sampled(PromptEncoded job, List<SampledImage> images, StageTiming timing) {
        EncodedPrompt prompt = job.getEncoded();
        return ImageSampled.newBuilder()
                .setJobId(job.getJobId())
                .setRequestSha256(job.getRequestSha256())
                .setImages(SampledImages.newBuilder()
                        .addAllImages(images)
                        .setSampling(prompt.getSampling())
                        .setAdapterRevision(prompt.getAdapterRevision())
                        .setAdapterWeight(prompt.getAdapterWeight())
                        .setModelRevision(prompt.getModelRevision()))
                .addAllTimings(job.getTimingsList())
                .addTimings(timing)
                .build();
    }

    /**
     * The job's end without images.
     *
     * @param requestSha256 the request that failed, so that no other request under the same id ends by it
     */
    public static ImageSampled failed(String jobId, String requestSha256, Failure failure) {
        return ImageSampled.newBuilder()
                .setJobId(jobId)
                .setRequestSha256(requestSha256)
                .setFailure(failure)
                .build();
    }

    /** The job's end because nobody wants it any more. */
    public static ImageSampled cancelled(PromptEncoded job, String reason) {
        return ImageSampled.newBuilder()
                .setJobId(job.getJobId())
                .setRequestSha256(job.getRequestSha256())
                .setCancelled(Cancelled.newBuilder().setReason(reason))
                .addAllTimings(job.getTimingsList())
                .build();
    }

    public static ImageProgressed progressed(String jobId, int done, int total) {
        return ImageProgressed.newBuilder()
                .setJobId(jobId)
                .setStepsDone(done)
                .setStepsTotal(total)
                .build();
    }

    /** @param partMicros time spent in the parts of this stage, in microseconds */
    public static StageTiming timing(long receivedAtMs, long finishedAtMs, Map<String, Long> partMicros) {
        return StageTiming.newBuilder()
                .setStage(SampleValidation.STAGE)
                .setReceivedAtMs(receivedAtMs)
                .setFinishedAtMs(finishedAtMs)
                .putAllPartMicros(partMicros)
                .build();
    }
}
