package io.surstream.teacher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Every setting of llm-teacher; wrong ones stop the start, all named at once. */
@ConfigMapping(prefix = "surstream.teacher")
public interface TeacherConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Language model: {@code playground}, a folder in transformers layout, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.teacher:playground}")
    String model();

    /**
     * Whose hidden state is taught: 1 is the first block's output, 0 the embeddings; absent: the last but one. Layers
     * behind it are neither loaded nor computed.
     */
    OptionalInt layer();

    /** What is kept of a prompt's tokens: {@code last}, {@code mean} or {@code tokens}. */
    @WithDefault("last")
    @Pattern(regexp = "last|mean|tokens", message = "must be last, mean or tokens but is ${validatedValue}") String pooling();

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /** What the model computes in: {@code auto} (fp32 on CPU, fp16 on CUDA), {@code fp32}, {@code bf16} or {@code fp16}. */
    @WithDefault("${surstream.dtype:auto}")
    String dtype();

    /** Threads that one operation of the model may use; 0: each kind of call finds by trying whether one thread or all are faster. */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /** Tokens of one forward, padding included; bounds memory, and no prompt may be longer. */
    @WithDefault("4096")
    @Range(min = 8, max = 1_048_576, message = RANGE)
    int tokenBudget();

    /**
     * When the model is loaded: {@code eager} at the start, which fails without it; {@code lazy} at the first work, and
     * without a model the service is up, teaches nothing and says why.
     */
    @WithDefault("eager")
    Loading loading();

    /** Consumer group of examples.curated. */
    @WithDefault("llm-teacher")
    @NotBlank(message = "must not be blank") String group();

    /** Most examples of one batch. */
    @WithDefault("64")
    @Range(min = 1, max = 1024, message = RANGE)
    int maxBatch();

    /** How long a batch that is not full waits for more. */
    @WithDefault("20ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(seconds = 10, message = "must be at most 10 s but is ${validatedValue}")
    Duration linger();

    /** Longest time for one batch; a worker that takes longer counts as dead. */
    @WithDefault("5m")
    @DurationMin(seconds = 1, message = "must be at least 1 s but is ${validatedValue}")
    Duration silence();

    /** How long a stop waits for the batch in hand before it is left, to be taught anew; for a model that needs longer, up to {@code silence}. */
    @WithDefault("1m")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration drain();

    /** Bytes up to which an embedding travels in the event; a larger one goes into object storage. */
    @WithDefault("393216")
    @Range(min = 0, max = 900_000, message = RANGE)
    int inlineLimit();

    /** Most prompts of one gRPC request. */
    @WithDefault("1024")
    @Range(min = 1, max = 65_536, message = RANGE)
    int maxPrompts();

    /** When the model is loaded. */
    enum Loading {
        EAGER,
        LAZY
    }
}
