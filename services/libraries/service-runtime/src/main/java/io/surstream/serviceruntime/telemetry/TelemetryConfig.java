package io.surstream.serviceruntime.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Traces and log lines, the same for every service. */
@ConfigMapping(prefix = "surstream.telemetry")
public interface TelemetryConfig {
    /** Trace collector, OTLP over gRPC, for example {@code http://collector:4317}; default: no traces. */
    Optional<URI> endpoint();

    /** Sampled share of the traces that start here, 0..1; a job with a sampled {@code traceparent} is always traced. */
    @WithDefault("1.0")
    double traceRatio();

    /** Whether log lines are JSON objects instead of plain text. */
    @WithDefault("false")
    boolean jsonLogs();
}
