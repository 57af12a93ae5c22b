package io.surstream.serviceruntime.telemetry;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.surstream.streaming.tracing.Tracing;

/** Tracing is on when there is somewhere to send traces to: without {@link TelemetryConfig#endpoint} no SDK is started. */
public final class TracingSwitch implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue set = context.proceed(name);
        // Explicit settings win; built-in defaults have an ordinal below 0.
        if (!name.equals(Tracing.DISABLED) || set != null && set.getConfigSourceOrdinal() > 0) {
            return set;
        }
        ConfigValue endpoint = context.proceed("surstream.telemetry.endpoint");
        boolean somewhere = endpoint != null
                && endpoint.getValue() != null
                && !endpoint.getValue().isBlank();
        return ConfigValue.builder()
                .withName(name)
                .withValue(String.valueOf(!somewhere))
                .build();
    }
}
