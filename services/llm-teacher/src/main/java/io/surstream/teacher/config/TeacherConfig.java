package io.surstream.teacher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.NetworkConfig;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the llm-teacher; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.teacher")
public interface TeacherConfig extends NetworkConfig {
    /** Language model: {@code playground}, a folder in transformers layout, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.teacher:playground}")
    String model();

    /**
     * Layer whose hidden state is published: 1 is the first block's output, 0 the embeddings; default: the second to
     * last. Later layers are neither loaded nor computed.
     */
    OptionalInt layer();

    /** Pooling of a prompt's tokens: {@code last}, {@code mean} or {@code tokens}. */
    @WithDefault("last")
    @Pattern(regexp = "last|mean|tokens", message = "must be last, mean or tokens but is ${validatedValue}") String pooling();

    /** Tokens of one forward pass, including padding; limits memory and the length of a prompt. */
    @WithDefault("4096")
    @Range(min = 8, max = 1_048_576, message = Messages.RANGE)
    int tokenBudget();

    /**
     * When the model is loaded: {@code eager} at start, which fails without it; {@code lazy} when the first work
     * arrives: without a model the service runs idle and reports the reason.
     */
    @WithDefault("eager")
    Loading loading();

    /** Consumer group of examples.curated. */
    @WithDefault("llm-teacher")
    @NotBlank(message = Messages.BLANK) String group();

    /** Maximum number of examples in a batch. */
    @WithDefault("64")
    @Range(min = 1, max = 1024, message = Messages.RANGE)
    int maxBatch();

    /** How long an incomplete batch waits for more records. */
    @WithDefault("20ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(seconds = 10, message = "must be at most 10 s but is ${validatedValue}")
    Duration linger();

    /** Maximum duration of a batch; a worker that takes longer counts as dead. */
    @WithDefault("5m")
    @DurationMin(seconds = 1, message = "must be at least 1 s but is ${validatedValue}")
    Duration silence();

    /**
     * How long a shutdown waits for the current batch; afterwards another teacher repeats it. Raise it for a slow
     * model, up to {@code silence}.
     */
    @WithDefault("1m")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration drain();

    /** Maximum size of an embedding in an event, in bytes; a larger one goes into object storage. */
    @WithDefault("393216")
    @Range(min = 0, max = 900_000, message = Messages.RANGE)
    int inlineLimit();

    /** Maximum number of prompts in a gRPC request. */
    @WithDefault("1024")
    @Range(min = 1, max = 65_536, message = Messages.RANGE)
    int maxPrompts();

    /** When the model is loaded. */
    enum Loading {
        EAGER,
        LAZY
    }
}
