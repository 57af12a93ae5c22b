package io.surstream.streaming.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.eclipse.microprofile.config.ConfigProvider;

/** The OpenTelemetry of this process, as its settings have it. */
public final class Tracing {

    /** The setting of Quarkus that says whether nothing is traced. */
    public static final String DISABLED = "quarkus.otel.sdk.disabled";

    private Tracing() {}

    /** Where nothing is sent, one that makes no spans: Quarkus's own would make up ids that lead nowhere. */
    public static OpenTelemetry ofProcess() {
        boolean off = ConfigProvider.getConfig()
                .getOptionalValue(DISABLED, Boolean.class)
                .orElse(false);
        return off ? OpenTelemetry.noop() : GlobalOpenTelemetry.get();
    }
}
