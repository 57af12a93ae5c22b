package io.surstream.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Every setting of the trainer; wrong ones stop the start, all named at once. How a run trains is said by its request. */
@ConfigMapping(prefix = "surstream.trainer")
public interface TrainerConfig {
    String RANGE = "must be {min}..{max} but is ${validatedValue}";

    /** Base model of runs that name none: {@code playground}, a folder, {@code s3://…} or {@code hf://owner/name[@revision]}. */
    @WithDefault("${surstream.model:playground}")
    String model();

    /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. */
    @WithDefault("${surstream.device:auto}")
    String device();

    /** Threads that one operation of a network may use; 0: each kind of call finds by trying whether one thread or all are faster, training steps use all. Equal numbers give equal adapters, bit for bit. */
    @WithDefault("${surstream.threads:0}")
    @Range(min = 0, max = 1024, message = RANGE)
    int threads();

    /** Teacher of runs that name none: its revision; absent: the only one that has taught the dataset. */
    Optional<String> teacher();

    /** Layer of that teacher's hidden state. */
    @WithDefault("0")
    @Range(min = 0, max = 1000, message = RANGE)
    int teacherLayer();

    /** Pooling of that teacher's hidden state: {@code last} or {@code mean}. */
    @WithDefault("last")
    @Pattern(regexp = "last|mean", message = "must be last or mean but is ${validatedValue}") String teacherPooling();

    /** Share group of training.requested. */
    @WithDefault("trainer")
    @NotBlank(message = "must not be blank") String group();

    /** Folder for frozen features (kept) and checkpoints under way (removed with their run). */
    @WithDefault("${java.io.tmpdir}/surstream-trainer")
    Path work();

    /** Whether frozen features are kept in object storage too, for other trainers. */
    @WithDefault("true")
    boolean shareFeatures();

    /** How long nothing new may come while a run waits for its examples to be taught. */
    @WithDefault("30m")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(days = 7, message = "must be at most 7 d but is ${validatedValue}")
    Duration patience();

    /** Least time between two progress events of a run. */
    @WithDefault("1s")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration progressInterval();

    /** How often the store is asked for runs that nobody has. */
    @WithDefault("2s")
    @DurationMin(millis = 100, message = "must be 100 ms or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration poll();

    /** How often the owner of a run shows the store that it lives. */
    @WithDefault("2s")
    @DurationMin(millis = 100, message = "must be 100 ms or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration heartbeat();

    /** An owner that shows nothing for so long has died, and another takes its run over; several heartbeats. */
    @WithDefault("20s")
    @DurationMin(millis = 500, message = "must be 500 ms or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration claimTimeout();

    /** How long a stop may take to keep the run in hand before it is left as it stands; half of it may go by while the store does not answer. */
    @WithDefault("60s")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration drain();

    /** Trainers that may die over a run in a row without a new checkpoint; then the run fails. */
    @WithDefault("5")
    @Range(min = 1, max = 100, message = RANGE)
    int maxAttempts();

    /** Steps of a run that may be left out because a loss is not finite; then the run fails. */
    @WithDefault("100")
    @Range(min = 0, max = 1_000_000, message = RANGE)
    int maxSkippedSteps();

    /** Largest file of a picture, in bytes; larger ones are left out. */
    @WithDefault("33554432")
    @Range(min = 1024, max = 1L << 30, message = RANGE)
    int maxImageBytes();

    /** Most pixels of a picture; larger ones are left out. */
    @WithDefault("50000000")
    @Range(min = 4096, max = 1L << 30, message = RANGE)
    int maxImagePixels();
}
