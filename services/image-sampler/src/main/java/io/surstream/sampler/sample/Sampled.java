package io.surstream.sampler.sample;

import java.util.List;
import java.util.Map;

/** How sampling ended. */
public sealed interface Sampled {
    /**
     * All images of the job.
     *
     * @param partMicros time spent in denoise and decode, in microseconds
     */
    record Completed(List<GeneratedImage> images, Map<String, Long> partMicros) implements Sampled {}

    /** The listener asked for it. */
    record Stopped() implements Sampled {}

    /**
     * One image of a job.
     *
     * @param index 0 for the first
     * @param seed of its initial noise, unsigned
     * @param png with the text chunk "parameters"
     */
    record GeneratedImage(int index, long seed, int height, int width, byte[] png) {}
}
