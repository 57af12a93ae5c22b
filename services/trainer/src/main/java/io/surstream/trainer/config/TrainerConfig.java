package io.surstream.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.DeviceConfig;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.ModelConfig;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * All settings of the trainer; an invalid one stops the start, and the message lists all invalid ones. A run's request
 * contains its training settings. {@code model} is for runs that name none. Equal numbers of {@code threads} give equal adapters, bit for bit; training steps use all threads at 0.
 */
@ConfigMapping(prefix = "surstream.trainer")
public interface TrainerConfig extends ModelConfig, DeviceConfig {
    /** Revision of the teacher for runs that name none; default: the dataset's only teacher. */
    Optional<String> teacher();

    /** Layer of that teacher's hidden state. */
    @WithDefault("0")
    @Range(min = 0, max = 1000, message = Messages.RANGE)
    int teacherLayer();

    /** Pooling of that teacher's hidden state: {@code last} or {@code mean}. */
    @WithDefault("last")
    @Pattern(regexp = "last|mean", message = "must be last or mean but is ${validatedValue}") String teacherPooling();

    /** Share group of training.requested. */
    @WithDefault("trainer")
    @NotBlank(message = Messages.BLANK) String group();

    /** Folder for frozen features (kept) and unfinished checkpoints (removed with their run). */
    @WithDefault("${java.io.tmpdir}/surstream-trainer")
    Path work();

    /** Whether frozen features are also stored in object storage, for other trainers. */
    @WithDefault("true")
    boolean shareFeatures();

    /** Maximum time without a new embedding while a run waits for its examples. */
    @WithDefault("30m")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(days = 7, message = "must be at most 7 d but is ${validatedValue}")
    Duration idleTimeout();

    /** Minimum time between two progress events of a run. */
    @WithDefault("1s")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration progressInterval();

    /** Interval at which an idle trainer polls the store for runs. */
    @WithDefault("2s")
    @DurationMin(millis = 100, message = "must be 100 ms or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration poll();

    /** Interval at which a run's owner renews its lease. */
    @WithDefault("2s")
    @DurationMin(millis = 100, message = "must be 100 ms or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration heartbeat();

    /** Time without a heartbeat after which another trainer takes over a run; several heartbeats. */
    @WithDefault("20s")
    @DurationMin(millis = 500, message = "must be 500 ms or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration leaseTimeout();

    /**
     * Maximum time for the checkpoint of the active run at shutdown; afterwards the run is abandoned. Half of it may
     * pass while the store does not answer.
     */
    @WithDefault("60s")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration drain();

    /** Consecutive trainers that may die during a run without a new checkpoint before the run fails. */
    @WithDefault("5")
    @Range(min = 1, max = 100, message = Messages.RANGE)
    int maxAttempts();

    /** Steps of a run that may be skipped because a loss is not finite before the run fails. */
    @WithDefault("100")
    @Range(min = 0, max = 1_000_000, message = Messages.RANGE)
    int maxSkippedSteps();

    /** Maximum size of an image file, in bytes; larger images are left out. */
    @WithDefault("33554432")
    @Range(min = 1024, max = 1L << 30, message = Messages.RANGE)
    int maxImageBytes();

    /** Maximum number of pixels of an image; larger images are left out. */
    @WithDefault("50000000")
    @Range(min = 4096, max = 1L << 30, message = Messages.RANGE)
    int maxImagePixels();
}
