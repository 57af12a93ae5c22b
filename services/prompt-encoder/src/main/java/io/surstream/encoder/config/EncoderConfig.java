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

/** Every setting of prompt-encoder; wrong ones stop the start, all named at once. */
@ConfigMapping(prefix = "surstream.encoder")
public interface EncoderConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Base model: {@code playground}, a folder, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.model:playground}")
    String model();

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /** What the networks compute in: {@code auto} (fp32 on CPU, fp16 on CUDA), {@code fp32}, {@code bf16} or {@code fp16}. */
    @WithDefault("${surstream.dtype:auto}")
    String dtype();

    /** Threads that one operation of the text encoder may use; 0: each kind of call finds by trying whether one thread or all are faster. One number a process. */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /**
     * Checkpoint of the SUR-adapter, {@code .safetensors} or {@code .pt}, which is live whatever is promoted; absent: the
     * promoted one or, as long as nothing was ever promoted, the one that comes with the model.
     */
    Optional<Path> adapter();

    /** λ of the adapter, 0..1; absent: the one in the checkpoint's metadata. */
    OptionalDouble adapterWeight();

    /** Which embeddings the adapter changes: the prompt's alone, or the negative prompt's too (as the reference did). */
    @WithDefault("cond")
    AdapterOn adapterOn();

    /** Share of the jobs that ask for no adapter and try the one in the channel canary, 0..1; a job's answer never changes. */
    @WithDefault("0.1")
    @DecimalMin(value = "0", message = "must be 0..1 but is ${validatedValue}") @DecimalMax(value = "1", message = "must be 0..1 but is ${validatedValue}") double canaryShare();

    /** Adapters kept loaded that were asked for by revision and are in no channel. */
    @WithDefault("4")
    @Range(min = 0, max = 1024, message = RANGE)
    int adapterCache();

    /** Folder of downloaded adapters; absent: {@code surstream/adapters} in the user's cache folder. */
    Optional<Path> adapterFolder();

    /** Consumer group of prompts.submitted. */
    @WithDefault("prompt-encoder")
    @NotBlank(message = "must not be blank") String group();

    /** Most prompts of one batch. */
    @WithDefault("16")
    @Range(min = 1, max = 1024, message = RANGE)
    int maxBatch();

    /** How long a batch that is not full waits for more. */
    @WithDefault("2ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(seconds = 10, message = "must be at most 10 s but is ${validatedValue}")
    Duration linger();

    /** Cancelled jobs that are remembered until they come along. */
    @WithDefault("100000")
    @Range(min = 1, max = 10_000_000, message = RANGE)
    int cancelledJobs();

    /** Most characters (Unicode code points) of a prompt or a negative prompt. */
    @WithDefault("${surstream.max-prompt-length:10000}")
    @Range(min = 1, max = 100_000, message = RANGE)
    int maxPromptLength();

    /** Most inference steps of a picture. */
    @WithDefault("${surstream.max-steps:1000}")
    @Range(min = 1, max = 1000, message = RANGE)
    int maxSteps();

    /** Most pixels of a picture's longer side. */
    @WithDefault("${surstream.max-side:2048}")
    @Range(min = 8, max = 65_536, message = RANGE)
    int maxSide();

    /** Largest guidance scale. */
    @WithDefault("${surstream.max-guidance-scale:100}")
    @DecimalMin(value = "1", message = "must be 1..1000 but is ${validatedValue}") @DecimalMax(value = "1000", message = "must be 1..1000 but is ${validatedValue}") double maxGuidanceScale();

    /** Most images of one job. */
    @WithDefault("${surstream.max-images:16}")
    @Range(min = 1, max = 1024, message = RANGE)
    int maxImages();

    /** Negative prompts whose embeddings are kept. */
    @WithDefault("64")
    @Range(min = 0, max = 10_000, message = RANGE)
    int negativePromptCache();

    /** Bytes up to which an embedding travels in the event; a larger one goes into object storage. */
    @WithDefault("393216")
    @Range(min = 0, max = 450_000, message = RANGE)
    int inlineLimit();

    /** Which of a job's two embeddings go through the adapter. */
    enum AdapterOn {
        COND,
        BOTH
    }
}
