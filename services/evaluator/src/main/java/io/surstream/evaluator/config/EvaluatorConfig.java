package io.surstream.evaluator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.evaluator.promote.PromotionMode;
import io.surstream.playground.score.PlaygroundScore.Wording;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.ModelConfig;
import io.surstream.serviceruntime.config.NetworkConfig;
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

/** All settings of the evaluator; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.evaluator")
public interface EvaluatorConfig extends ModelConfig, NetworkConfig {
    /** Share group of checkpoints.published. */
    @WithDefault("evaluator")
    @NotBlank(message = Messages.BLANK) String group();

    /**
     * Scorer that compares an image with its prompt: {@code playground}, for images of the bundled model, or the name
     * of a plugin.
     */
    @WithDefault("playground")
    @NotBlank(message = Messages.BLANK) String scorer();

    /** Number of prompts sampled without and with an adapter; more of them detect smaller differences. */
    @WithDefault("200")
    @Range(min = 20, max = 100_000, message = Messages.RANGE)
    int prompts();

    /** Selects the prompts and the seeds of the images: the same for every checkpoint. */
    @WithDefault("1")
    long seed();

    /** Style of playground's prompts: {@code plain} in phrasings that no training used, or {@code keyword}. */
    @WithDefault("plain")
    Wording wording();

    /**
     * Number of control prompts, which the base model understands without an adapter, for playground its keyword
     * prompts: an adapter that significantly lowers their colour, count or arrangement is worse. 0 disables them.
     */
    @WithDefault("100")
    @Range(min = 0, max = 100_000, message = Messages.RANGE)
    int controlPrompts();

    /** Inference steps of an image; default: the model's. */
    OptionalInt steps();

    /** Images sampled in one batch. */
    @WithDefault("8")
    @Range(min = 1, max = 256, message = Messages.RANGE)
    int batch();

    /** Image pairs on the contact sheet. */
    @WithDefault("24")
    @Range(min = 1, max = 400, message = Messages.RANGE)
    int sheetPairs();

    /** Whether the adapter also changes the negative prompt; set it as for the encoders. */
    @WithDefault("false")
    boolean adaptNegative();

    /** Number of bootstrap resamples for the intervals of the quality measures. */
    @WithDefault("1000")
    @Range(min = 100, max = 100_000, message = Messages.RANGE)
    int resamples();

    /** Maximum significant fall of any category before an adapter counts as worse, as a share of all images. */
    @WithDefault("0.02")
    @DecimalMin(value = "0", message = Messages.SHARE) @DecimalMax(value = "1", message = Messages.SHARE) double maxCategoryDrop();

    /** Maximum relative rise of the Fréchet distance to real images. */
    @WithDefault("0.10")
    @DecimalMin(value = "0", message = Messages.SHARE) @DecimalMax(value = "1", message = Messages.SHARE) double maxFrechetRise();

    /** Maximum relative fall of sharpness. */
    @WithDefault("0.05")
    @DecimalMin(value = "0", message = Messages.SHARE) @DecimalMax(value = "1", message = Messages.SHARE) double maxSharpnessDrop();

    /**
     * Action for a checkpoint that is better than the live adapter: {@code off}, {@code canary} (promote to that
     * channel), or {@code live} (promote to canary, and after canary-time to live).
     */
    @WithDefault("canary")
    PromotionMode promotion();

    /** How long an adapter stays in canary before it goes live automatically. */
    @WithDefault("10m")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(days = 365, message = "must be at most 365 days but is ${validatedValue}")
    Duration canaryTime();

    /** Maximum duration of an evaluation; a longer one fails the liveness probe. */
    @WithDefault("4h")
    @DurationMin(seconds = 1, message = "must be at least 1 s but is ${validatedValue}")
    Duration longestEvaluation();

    /** Folder of downloaded adapters; default: {@code surstream/adapters} in the user's cache folder. */
    Optional<Path> adapterFolder();
}
