package io.surstream.models.pipeline;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a picture is asked to be sampled; what is absent takes the model's own default.
 *
 * @param seed of the first image, taken as unsigned; image n has seed + n
 * @param steps number of inference steps
 * @param guidanceScale of classifier-free guidance; up to 1 there is none
 * @param scheduler short name as in {@link io.surstream.schedulers.SchedulerNames}
 * @param height in pixels
 * @param width in pixels
 */
public record SamplingRequest(
        OptionalLong seed,
        OptionalInt steps,
        OptionalDouble guidanceScale,
        Optional<String> scheduler,
        OptionalInt images,
        OptionalInt height,
        OptionalInt width) {

    /** Everything as the model has it. */
    public static SamplingRequest defaults() {
        return new SamplingRequest(
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    public SamplingRequest withSeed(long value) {
        return new SamplingRequest(OptionalLong.of(value), steps, guidanceScale, scheduler, images, height, width);
    }

    public SamplingRequest withSteps(int value) {
        return new SamplingRequest(seed, OptionalInt.of(value), guidanceScale, scheduler, images, height, width);
    }

    public SamplingRequest withGuidanceScale(double value) {
        return new SamplingRequest(seed, steps, OptionalDouble.of(value), scheduler, images, height, width);
    }

    public SamplingRequest withScheduler(String value) {
        return new SamplingRequest(seed, steps, guidanceScale, Optional.of(value), images, height, width);
    }

    public SamplingRequest withImages(int value) {
        return new SamplingRequest(seed, steps, guidanceScale, scheduler, OptionalInt.of(value), height, width);
    }

    public SamplingRequest withSize(int heightPixels, int widthPixels) {
        return new SamplingRequest(
                seed,
                steps,
                guidanceScale,
                scheduler,
                images,
                OptionalInt.of(heightPixels),
                OptionalInt.of(widthPixels));
    }
}
