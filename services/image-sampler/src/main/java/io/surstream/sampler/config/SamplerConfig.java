package io.surstream.sampler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the image-sampler; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.sampler")
public interface SamplerConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Base model: {@code playground}, a folder, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.model:playground}")
    String model();

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /**
     * Number format of the networks: {@code auto} (fp32 on CPU, fp16 on CUDA), {@code fp32}, {@code bf16} or
     * {@code fp16}.
     */
    @WithDefault("${surstream.dtype:auto}")
    String dtype();

    /**
     * Threads that one operation of a network may use; 0: the first call of each kind measures whether one thread or
     * all are faster. Applies to the whole process.
     */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /** Share group of prompts.encoded. */
    @WithDefault("image-sampler")
    @NotBlank(message = "must not be blank") String group();

    /** Jobs sampled concurrently. */
    @WithDefault("1")
    @Range(min = 1, max = 64, message = RANGE)
    int concurrency();

    /** Concurrent gRPC requests, in addition to jobs; further ones are rejected with RESOURCE_EXHAUSTED. */
    @WithDefault("2")
    @Range(min = 1, max = 64, message = RANGE)
    int maxRequests();

    /** Maximum length of a prompt or a negative prompt, in Unicode code points. */
    @WithDefault("${surstream.max-prompt-length:10000}")
    @Range(min = 1, max = 100_000, message = RANGE)
    int maxPromptLength();

    /** Maximum number of inference steps of an image. */
    @WithDefault("${surstream.max-steps:1000}")
    @Range(min = 1, max = 1000, message = RANGE)
    int maxSteps();

    /** Maximum length of an image's longer side, in pixels. */
    @WithDefault("${surstream.max-side:2048}")
    @Range(min = 8, max = 65_536, message = RANGE)
    int maxSide();

    /** Maximum guidance scale. */
    @WithDefault("${surstream.max-guidance-scale:100}")
    @DecimalMin(value = "1", message = "must be 1..1000 but is ${validatedValue}") @DecimalMax(value = "1000", message = "must be 1..1000 but is ${validatedValue}") double maxGuidanceScale();

    /** Maximum number of images of a job. */
    @WithDefault("${surstream.max-images:16}")
    @Range(min = 1, max = 1024, message = RANGE)
    int maxImages();

    /** Minimum time between two progress events of a job; the last step is always published. */
    @WithDefault("50ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration progressInterval();

    /** Maximum duration of a job; a longer one fails the liveness probe. */
    @WithDefault("1h")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(days = 7, message = "must be at most 7 d but is ${validatedValue}")
    Duration maxJobDuration();

    /** How long a shutdown waits for images in progress before it hands their jobs back. */
    @WithDefault("20s")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration drain();

    /** Maximum number of cancelled job ids kept in memory. */
    @WithDefault("100000")
    @Range(min = 1, max = 10_000_000, message = RANGE)
    int cancelledJobs();

    /** Cache for embeddings sent by reference, in MiB. */
    @WithDefault("64")
    @Range(min = 0, max = 65_536, message = RANGE)
    int tensorCacheMib();
}
