package io.surstream.encoder.kafka;

import io.surstream.contract.RequestDigest;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.v1.Cancelled;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.StageTiming;
import io.surstream.v1.Tensor;
import java.util.function.UnaryOperator;

/** Results as events. Pure. */
public final class EncoderEvents {
    private EncoderEvents() {}

    /** For prompts.encoded. */
    public static PromptEncoded encoded(PromptSubmitted submitted, EncodeResult result, StageTiming timing) {
        return PromptEncoded.newBuilder()
                .setJobId(result.getJobId())
                .setRequestSha256(RequestDigest.of(submitted))
                .setEncoded(result.getEncoded())
                .addTimings(timing)
                .build();
    }

    /** The same with each embedding as {@code place} leaves it, for example by reference. */
    public static EncodeResult placed(EncodeResult result, UnaryOperator<Tensor> place) {
        EncodedPrompt prompt = result.getEncoded();
        return result.toBuilder()
                .setEncoded(prompt.toBuilder()
                        .setPromptEmbeds(place.apply(prompt.getPromptEmbeds()))
                        .setNegativePromptEmbeds(place.apply(prompt.getNegativePromptEmbeds())))
                .build();
    }

    /**
     * For images.sampled: a job that is refused here has come to its end.
     *
     * @param requestSha256 the refused request, so that no other request under the same id ends by it
     */
    public static ImageSampled failed(String jobId, String requestSha256, Failure failure) {
        return ImageSampled.newBuilder()
                .setJobId(jobId)
                .setRequestSha256(requestSha256)
                .setFailure(failure)
                .build();
    }

    /** For images.sampled. */
    public static ImageSampled cancelled(String jobId, String reason) {
        return ImageSampled.newBuilder()
                .setJobId(jobId)
                .setCancelled(Cancelled.newBuilder().setReason(reason))
                .build();
    }

    /**
     * @param micros spent on the batch that the job was part of
     */
    public static StageTiming timing(long receivedAtMs, long finishedAtMs, long micros) {
        return StageTiming.newBuilder()
                .setStage(PromptValidation.STAGE)
                .setReceivedAtMs(receivedAtMs)
                .setFinishedAtMs(finishedAtMs)
                .putPartMicros("encode", micros)
                .build();
    }
}
