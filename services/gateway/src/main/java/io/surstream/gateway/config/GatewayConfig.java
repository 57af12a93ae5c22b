package io.surstream.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.serviceruntime.config.Messages;
import io.surstream.serviceruntime.config.SamplingLimits;
import io.surstream.serviceruntime.config.SizeRange;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the gateway; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.gateway")
public interface GatewayConfig extends SamplingLimits {

    /** Maximum size of a request body; 1 KiB to 64 MiB. */
    @WithDefault("1M")
    @SizeRange(
            min = 1 << 10,
            max = 64 << 20,
            message = "must be 1 KiB to 64 MiB but is ${validatedValue.asLongValue()} bytes")
    MemorySize maxBodySize();

    /** Maximum number of active jobs of this instance; further ones are rejected with 429; at least 1. */
    @WithDefault("256")
    @Min(value = 1, message = "must be 1 or more but is ${validatedValue}") int maxJobsInFlight();

    /** Time without progress after which a job no longer counts as in flight; at least 10 s. */
    @WithDefault("1h")
    @DurationMin(seconds = 10, message = "must be 10 s to 365 d but is ${validatedValue}")
    @DurationMax(days = 365, message = "must be 10 s to 365 d but is ${validatedValue}")
    Duration stalledAfter();

    /** Maximum number of open event streams (SSE); at least 1. */
    @WithDefault("1000")
    @Min(value = 1, message = "must be 1 or more but is ${validatedValue}") int maxEventStreams();

    /** Time between two heartbeats of an event stream; 100 ms to 5 min. */
    @WithDefault("15s")
    @DurationMin(millis = 100, message = "must be 100 ms to 5 min but is ${validatedValue}")
    @DurationMax(minutes = 5, message = "must be 100 ms to 5 min but is ${validatedValue}")
    Duration heartbeat();

    /** How long a job stays visible after its last event; at least 1 min. */
    @WithDefault("7d")
    @DurationMin(minutes = 1, message = "must be 1 min to 3,650 d but is ${validatedValue}")
    @DurationMax(days = 3_650, message = "must be 1 min to 3,650 d but is ${validatedValue}")
    Duration retention();

    /** Validity of a presigned URL; 1 s to 7 d. */
    @WithDefault("10m")
    @DurationMin(seconds = 1, message = "must be 1 s to 7 d but is ${validatedValue}")
    @DurationMax(days = 7, message = "must be 1 s to 7 d but is ${validatedValue}")
    Duration presignedUrlLifetime();

    /** How long to wait for the broker to confirm an event; 100 ms to 5 min. */
    @WithDefault("10s")
    @DurationMin(millis = 100, message = "must be 100 ms to 5 min but is ${validatedValue}")
    @DurationMax(minutes = 5, message = "must be 100 ms to 5 min but is ${validatedValue}")
    Duration publishTimeout();

    /** The backlog of the other services, exposed as metrics. */
    Backlog backlog();

    interface Backlog {

        /** Time between two queries of the cluster, a few requests each; 1 s to 10 min. */
        @WithDefault("15s")
        @DurationMin(seconds = 1, message = "must be 1 s to 10 min but is ${validatedValue}")
        @DurationMax(minutes = 10, message = "must be 1 s to 10 min but is ${validatedValue}")
        Duration refresh();

        /** The prompt-encoders' consumer group. */
        @WithDefault("${surstream.encoder.group:prompt-encoder}")
        String encoderGroup();

        /** The image-samplers' share group. */
        @WithDefault("${surstream.sampler.group:image-sampler}")
        String samplerGroup();

        /** The llm-teachers' consumer group. */
        @WithDefault("${surstream.teacher.group:llm-teacher}")
        String teacherGroup();
    }

    /** The job view: a Kafka Streams application. */
    View view();

    interface View {

        /** Name of the group, and prefix of further groups and topics; all gateways of one deployment share it. */
        @WithDefault("surstream-gateway")
        @Pattern(
                regexp = "[A-Za-z0-9._-]{1,100}",
                message = "must be 1 to 100 characters of A-Z a-z 0-9 . _ - but is \"${validatedValue}\"")
        String applicationId();

        /**
         * Time between two commits: maximum delay of the topic jobs, and of what another instance sees; 1 ms to 10 s.
         */
        @WithDefault("50ms")
        @DurationMin(millis = 1, message = "must be 1 ms to 10 s but is ${validatedValue}")
        @DurationMax(seconds = 10, message = "must be 1 ms to 10 s but is ${validatedValue}")
        Duration commitInterval();

        /** Threads that fold events into jobs; 1 to 64. */
        @WithDefault("1")
        @Range(min = 1, max = 64, message = Messages.RANGE)
        int threads();

        /**
         * Folder of the view's stores, which a restart reuses; without them the gateway first reads all jobs from
         * Kafka. Default: {@code surstream/gateway} in the user's data folder ({@code XDG_DATA_HOME} or
         * {@code ~/.local/share}).
         */
        Optional<Path> stateFolder();

        /** The gateway is not ready when records have waited for this long and none was processed; 1 s to 1 h. */
        @WithDefault("30s")
        @DurationMin(seconds = 1, message = "must be 1 s to 1 h but is ${validatedValue}")
        @DurationMax(hours = 1, message = "must be 1 s to 1 h but is ${validatedValue}")
        Duration progressTimeout();
    }
}
