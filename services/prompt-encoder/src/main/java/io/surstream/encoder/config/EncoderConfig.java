package io.surstream.encoder.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the prompt-encoder; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.encoder")
public interface EncoderConfig {
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
     * Threads that one operation of the text encoder may use; 0: the first call of each kind measures whether one
     * thread or all are faster. Applies to the whole process.
     */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /**
     * Checkpoint of the SUR-adapter, {@code .safetensors} or {@code .pt}, that is live regardless of promotions;
     * default: the promoted one or, before the first promotion, the one bundled with the model.
     */
    Optional<Path> adapter();

    /** λ of the adapter, 0..1; default: the one in the checkpoint's metadata. */
    OptionalDouble adapterWeight();

    /**
     * Which embeddings the adapter changes: only the prompt's, or the negative prompt's too (as the reference
     * implementation does).
     */
    @WithDefault("cond")
    AdapterScope adapterScope();

    /**
     * Share of the jobs without an adapter name that use the adapter of the channel canary, 0..1; the choice for a job
     * never changes.
     */
    @WithDefault("0.1")
    @DecimalMin(value = "0", message = "must be 0..1 but is ${validatedValue}") @DecimalMax(value = "1", message = "must be 0..1 but is ${validatedValue}") double canaryShare();

    /** Maximum number of loaded adapters that were requested by revision and are in no channel. */
    @WithDefault("4")
    @Range(min = 0, max = 1024, message = RANGE)
    int adapterCache();

    /** Folder of downloaded adapters; default: {@code surstream/adapters} in the user's cache folder. */
    Optional<Path> adapterFolder();

    /** Consumer group of prompts.submitted. */
    @WithDefault("prompt-encoder")
    @NotBlank(message = "must not be blank") String group();

    /** Maximum number of prompts in a batch. */
    @WithDefault("16")
    @Range(min = 1, max = 1024, message = RANGE)
    int maxBatch();

    /** How long an incomplete batch waits for more records. */
    @WithDefault("2ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(seconds = 10, message = "must be at most 10 s but is ${validatedValue}")
    Duration linger();

    /** Maximum number of cancelled job ids kept in memory. */
    @WithDefault("100000")
    @Range(min = 1, max = 10_000_000, message = RANGE)
    int cancelledJobs();

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

    /** Number of negative prompts whose embeddings are cached. */
    @WithDefault("64")
    @Range(min = 0, max = 10_000, message = RANGE)
    int negativePromptCache();

    /** Maximum size of an embedding in an event, in bytes; a larger one goes into object storage. */
    @WithDefault("393216")
    @Range(min = 0, max = 450_000, message = RANGE)
    int inlineLimit();

    /** Which of a job's two embeddings go through the adapter. */
    enum AdapterScope {
        COND,
        BOTH
    }
}
