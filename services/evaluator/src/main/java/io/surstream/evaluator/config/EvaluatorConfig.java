package io.surstream.evaluator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.evaluator.promote.PromotionMode;
import io.surstream.playground.score.PlaygroundScore.Wording;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Every setting of evaluator; wrong ones stop the start, all named at once. */
@ConfigMapping(prefix = "surstream.evaluator")
public interface EvaluatorConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";
    String SHARE = "must be 0..1 but is ${validatedValue}";

    /** Base model: {@code playground}, a folder, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.model:playground}")
    String model();

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /** What the networks compute in: {@code auto} (fp32 on CPU, fp16 on CUDA), {@code fp32}, {@code bf16} or {@code fp16}. */
    @WithDefault("${surstream.dtype:auto}")
    String dtype();

    /** Threads that one operation may use; 0: each kind of call finds by trying whether one thread or all are faster. */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /** Share group of checkpoints.published. */
    @WithDefault("evaluator")
    @NotBlank(message = "must not be blank") String group();

    /** Who says what of a prompt a picture shows: {@code playground}, for pictures of the bundled model, or the name of one that was plugged in. */
    @WithDefault("playground")
    @NotBlank(message = "must not be blank") String scorer();

    /** Prompts that are drawn without and with an adapter; more of them tell smaller differences. */
    @WithDefault("200")
    @Range(min = 20, max = 100_000, message = RANGE)
    int prompts();

    /** Picks the prompts and the seeds of the pictures: the same for every checkpoint. */
    @WithDefault("1")
    long seed();

    /** How playground's prompts are said: {@code plain} in phrasings that no training saw, or {@code keyword}. */
    @WithDefault("plain")
    Wording wording();

    /**
     * Prompts that the base model understands by itself and that are drawn too, for playground its keyword captions: an adapter under
     * which their colour, count or arrangement surely falls is worse. 0 leaves them out.
     */
    @WithDefault("100")
    @Range(min = 0, max = 100_000, message = RANGE)
    int controlPrompts();

    /** Inference steps of a picture; absent: the model's. */
    OptionalInt steps();

    /** Pictures drawn together. */
    @WithDefault("8")
    @Range(min = 1, max = 256, message = RANGE)
    int batch();

    /** Pairs of pictures on the contact sheet. */
    @WithDefault("24")
    @Range(min = 1, max = 400, message = RANGE)
    int sheetPairs();

    /** Whether the adapter also changes the negative prompt, as the encoders are set. */
    @WithDefault("false")
    boolean adaptNegative();

    /** Resamples of the intervals of the measures of quality. */
    @WithDefault("1000")
    @Range(min = 100, max = 100_000, message = RANGE)
    int resamples();

    /** How much any category may surely fall before an adapter counts as worse, as a part of all pictures. */
    @WithDefault("0.02")
    @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE) double categoryFall();

    /** How much the Fréchet distance to real pictures may rise, as a part of its value. */
    @WithDefault("0.10")
    @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE) double frechetRise();

    /** How much sharpness may fall, as a part of its value. */
    @WithDefault("0.05")
    @DecimalMin(value = "0", message = SHARE) @DecimalMax(value = "1", message = SHARE) double sharpnessFall();

    /**
     * What is done with a checkpoint that is better than what is live: {@code off}, {@code canary} (into that channel), or
     * {@code live} (into canary, and from there into live after canary-time).
     */
    @WithDefault("canary")
    PromotionMode promotion();

    /** How long an adapter stays in canary before it goes live by itself. */
    @WithDefault("10m")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(days = 365, message = "must be at most 365 days but is ${validatedValue}")
    Duration canaryTime();

    /** An evaluation that takes longer makes the service not live. */
    @WithDefault("4h")
    @DurationMin(seconds = 1, message = "must be at least 1 s but is ${validatedValue}")
    Duration longestEvaluation();

    /** Folder of downloaded adapters; absent: {@code surstream/adapters} in the user's cache folder. */
    Optional<Path> adapterFolder();
}
