package io.surstream.gateway.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting of the gateway; wrong ones stop the start, all named at once. */
@ConfigMapping(prefix = "surstream.gateway")
public interface GatewayConfig {

    /** Most characters (Unicode code points) of a prompt or a negative prompt; 1 to 100,000. */
    @WithDefault("${surstream.max-prompt-length:10000}")
    int maxPromptLength();

    /** Most inference steps of a picture; 1 to 1,000. */
    @WithDefault("${surstream.max-steps:1000}")
    int maxSteps();

    /** Largest guidance scale; 1 to 1,000. */
    @WithDefault("${surstream.max-guidance-scale:100}")
    double maxGuidanceScale();

    /** Most pictures of one job; 1 to 1,024. */
    @WithDefault("${surstream.max-images:16}")
    int maxImages();

    /** Most pixels of a picture's longer side; 8 to 65,536. */
    @WithDefault("${surstream.max-side:2048}")
    int maxSide();

    /** Largest request body; 1 KiB to 64 MiB. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** Jobs of this instance that may be under way before new ones are refused with 429; at least 1. */
    @WithDefault("256")
    int maxJobsInFlight();

    /** A job without news for this long no longer counts as in flight; at least 10 s. */
    @WithDefault("1h")
    Duration stalledAfter();

    /** Event streams (SSE) open at a time; at least 1. */
    @WithDefault("1000")
    int maxEventStreams();

    /** Time between two heartbeats of an event stream; 100 ms to 5 min. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a job stays visible after its last news; at least 1 min. */
    @WithDefault("7d")
    Duration retention();

    /** How long a presigned URL works; 1 s to 7 d. */
    @WithDefault("10m")
    Duration presignedUrlLifetime();

    /** How long to wait for the broker to confirm an event; 100 ms to 5 min. */
    @WithDefault("10s")
    Duration publishTimeout();

    /** What waits before the other services, told as metrics. */
    Backlog backlog();

    interface Backlog {

        /** Time between two looks at the cluster, a few requests each; 1 s to 10 min. */
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

        /** Name of the group, and beginning of the names of further groups and topics; all gateways of one installation share it. */
        @WithDefault("surstream-gateway")
        String applicationId();

        /** Time between two commits: how stale the topic jobs may be, and what another instance sees; 1 ms to 10 s. */
        @WithDefault("50ms")
        Duration commitInterval();

        /** Threads that fold events into jobs; 1 to 64. */
        @WithDefault("1")
        int threads();

        /**
         * Folder of the view's stores, which a restart finds again; without them all jobs are read from Kafka first. Absent:
         * {@code surstream/gateway} in the user's data folder ({@code XDG_DATA_HOME} or {@code ~/.local/share}).
         */
        Optional<Path> stateFolder();

        /** Not ready when records have waited for this long and none was taken; 1 s to 1 h. */
        @WithDefault("30s")
        Duration progressTimeout();
    }
}
