package io.surstream.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job as REST shows it; absent fields are not known yet or do not apply. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "A job: what was asked for, how far it is, and its result")
public record JobDocument(
        String id,

        @Schema(
                description = "SUBMITTED, ENCODED and SAMPLING are active; SUCCEEDED, FAILED and CANCELLED are final",
                enumeration = {"SUBMITTED", "ENCODED", "SAMPLING", "SUCCEEDED", "FAILED", "CANCELLED"})
        String state,

        String prompt,
        String negativePrompt,
        Sampling sampling,

        @Schema(description = "the requested adapter") Adapter adapter,

        Progress progress,
        List<Image> images,

        @Schema(description = "the adapter revision that encoded the prompt, or none")
        String adapterRevision,

        @Schema(description = "λ that was used, 0 to 1") Float adapterWeight,
        @Schema(description = "revision of the base model") String modelRevision,
        JobFailure failure,
        String cancelReason,

        @Schema(
                description =
                        "true if a text was longer than the view keeps and is truncated here; the workers have the complete text")
        Boolean shortened,

        Instant submittedAt,

        @Schema(description = "time of the latest event; the end time of an ended job")
        Instant updatedAt,

        List<Timing> timings,
        Links links) {

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "Complete once the prompt is encoded; until then only what the request contains")
    public record Sampling(
            @Schema(description = "seed of image 0; image n has seed + n")
            BigInteger seed,

            Integer numInferenceSteps,
            Float guidanceScale,
            String scheduler,
            Integer numImages,
            Integer height,
            Integer width) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Adapter(String name, Float weight) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Progress(int stepsDone, int stepsTotal) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Image(
            int index,
            @Schema(examples = "/v1/jobs/2f0b/images/0") String url,
            BigInteger seed,
            int height,
            int width,
            String contentType,
            long size,
            String sha256) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(description = "Why the job failed, and at which stage")
    public record JobFailure(String type, String field, String value, String limit, String message, String stage) {}

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Timing(String stage, Instant receivedAt, Instant finishedAt, Map<String, Long> partMicros) {}

    public record Links(String self, String events) {}
}
