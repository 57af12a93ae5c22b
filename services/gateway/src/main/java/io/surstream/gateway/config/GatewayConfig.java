package io.surstream.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** All settings of the gateway; an invalid one stops the start, and the message lists all invalid ones. */
@ConfigMapping(prefix = "surstream.gateway")
public interface GatewayConfig {

    /** Maximum length of a prompt or a negative prompt, in Unicode code points; 1 to 100,000. */
    @WithDefault("${surstream.max-prompt-length:10000}")
    int maxPromptLength();

    /** Maximum number of inference steps of an image; 1 to 1,000. */
    @WithDefault("${surstream.max-steps:1000}")
    int maxSteps();

    /** Maximum guidance scale; 1 to 1,000. */
    @WithDefault("${surstream.max-guidance-scale:100}")
    double maxGuidanceScale();

    /** Maximum number of images of a job; 1 to 1,024. */
    @WithDefault("${surstream.max-images:16}")
    int maxImages();

    /** Maximum length of an image's longer side, in pixels; 8 to 65,536. */
    @WithDefault("${surstream.max-side:2048}")
    int maxSide();

    /** Maximum size of a request body; 1 KiB to 64 MiB. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** Maximum number of active jobs of this instance; further ones are rejected with 429; at least 1. */
    @WithDefault("256")
    int maxJobsInFlight();

    /** Time without progress after which a job no longer counts as in flight; at least 10 s. */
    @WithDefault("1h")
    Duration stalledAfter();

    /** Maximum number of open event streams (SSE); at least 1. */
    @WithDefault("1000")
    int maxEventStreams();

    /** Time between two heartbeats of an event stream; 100 ms to 5 min. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a job stays visible after its last event; at least 1 min. */
    @WithDefault("7d")
    Duration retention();

    /** Validity of a presigned URL; 1 s to 7 d. */
    @WithDefault("10m")
    Duration presignedUrlLifetime();

    /** How long to wait for the broker to confirm an event; 100 ms to 5 min. */
    @WithDefault("10s")
    Duration publishTimeout();

    /** The backlog of the other services, exposed as metrics. */
    Backlog backlog();

    interface Backlog {

        /** Time between two queries of the cluster, a few requests each; 1 s to 10 min. */
        @WithDefault("15s")
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
        String applicationId();

        /**
         * Time between two commits: maximum delay of the topic jobs, and of what another instance sees; 1 ms to 10 s.
         */
        @WithDefault("50ms")
        Duration commitInterval();

        /** Threads that fold events into jobs; 1 to 64. */
        @WithDefault("1")
        int threads();

        /**
         * Folder of the view's stores, which a restart reuses; without them the gateway first reads all jobs from
         * Kafka. Default: {@code surstream/gateway} in the user's data folder ({@code XDG_DATA_HOME} or
         * {@code ~/.local/share}).
         */
        Optional<Path> stateFolder();

        /** The gateway is not ready when records have waited for this long and none was processed; 1 s to 1 h. */
        @WithDefault("30s")
        Duration progressTimeout();
    }
}
