package io.surstream.streaming.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What a process tells of its work: traces and log lines. The same for every service. */
@ConfigMapping(prefix = "surstream.telemetry")
public interface TelemetryConfig {
    /** Collector of traces, OTLP over gRPC, as {@code http://collector:4317}; absent: nothing is traced. */
    Optional<URI> endpoint();

    /** Share of the traces begun here that are sent, 0..1; what comes with a sampled {@code traceparent} always is. */
    @WithDefault("1.0")
    double traceRatio();

    /** Whether log lines are JSON objects, for collectors; otherwise plain text, for people. */
    @WithDefault("false")
    boolean jsonLogs();
}
