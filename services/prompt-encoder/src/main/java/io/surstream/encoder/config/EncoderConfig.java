package io.surstream.encoder.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.CancellationConfig;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.ModelConfig;
import io.surstream.serviceruntime.config.NetworkConfig;
import io.surstream.serviceruntime.config.SamplingLimits;
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
public interface EncoderConfig extends ModelConfig, NetworkConfig, SamplingLimits, CancellationConfig {
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
    @DecimalMin(value = "0", message = Messages.SHARE) @DecimalMax(value = "1", message = Messages.SHARE) double canaryShare();

    /** Maximum number of loaded adapters that were requested by revision and are in no channel. */
    @WithDefault("4")
    @Range(min = 0, max = 1024, message = Messages.RANGE)
    int adapterCache();

    /** Folder of downloaded adapters; default: {@code surstream/adapters} in the user's cache folder. */
    Optional<Path> adapterFolder();

    /** Consumer group of prompts.submitted. */
    @WithDefault("prompt-encoder")
    @NotBlank(message = Messages.BLANK) String group();

    /** Maximum number of prompts in a batch. */
    @WithDefault("16")
    @Range(min = 1, max = 1024, message = Messages.RANGE)
    int maxBatch();

    /** How long an incomplete batch waits for more records. */
    @WithDefault("2ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(seconds = 10, message = "must be at most 10 s but is ${validatedValue}")
    Duration linger();

    /** Number of negative prompts whose embeddings are cached. */
    @WithDefault("64")
    @Range(min = 0, max = 10_000, message = Messages.RANGE)
    int negativePromptCache();

    /** Maximum size of an embedding in an event, in bytes; a larger one goes into object storage. */
    @WithDefault("393216")
    @Range(min = 0, max = 450_000, message = Messages.RANGE)
    int inlineLimit();

    /** Which of a job's two embeddings go through the adapter. */
    enum AdapterScope {
        COND,
        BOTH
    }
}
