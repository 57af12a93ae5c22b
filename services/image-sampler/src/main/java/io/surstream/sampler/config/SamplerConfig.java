package io.surstream.sampler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.CancellationConfig;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.ModelConfig;
import io.surstream.serviceruntime.config.NetworkConfig;
import io.surstream.serviceruntime.config.SamplingLimits;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the image-sampler; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.sampler")
public interface SamplerConfig extends ModelConfig, NetworkConfig, SamplingLimits, CancellationConfig {
    /** Share group of prompts.encoded. */
    @WithDefault("image-sampler")
    @NotBlank(message = Messages.BLANK) String group();

    /** Jobs sampled concurrently. */
    @WithDefault("1")
    @Range(min = 1, max = 64, message = Messages.RANGE)
    int concurrency();

    /** Concurrent gRPC requests, in addition to jobs; further ones are rejected with RESOURCE_EXHAUSTED. */
    @WithDefault("2")
    @Range(min = 1, max = 64, message = Messages.RANGE)
    int maxRequests();

    /** Minimum time between two progress events of a job; the last step is always published. */
    @WithDefault("50ms")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(hours = 1, message = "must be at most 1 h but is ${validatedValue}")
    Duration progressInterval();

    /** Maximum duration of a job; a longer one fails the liveness probe. */
    @WithDefault("1h")
    @DurationMin(seconds = 1, message = "must be 1 s or more but is ${validatedValue}")
    @DurationMax(days = 7, message = "must be at most 7 d but is ${validatedValue}")
    Duration maxJobDuration();

    /** How long a shutdown waits for images in progress before it hands their jobs back. */
    @WithDefault("20s")
    @DurationMin(message = "must be 0 or more but is ${validatedValue}")
    @DurationMax(minutes = 10, message = "must be at most 10 min but is ${validatedValue}")
    Duration drain();

    /** Cache for embeddings sent by reference, in MiB. */
    @WithDefault("64")
    @Range(min = 0, max = 65_536, message = Messages.RANGE)
    int tensorCacheMib();
}
