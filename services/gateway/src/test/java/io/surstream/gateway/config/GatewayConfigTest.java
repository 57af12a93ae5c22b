package io.surstream.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import io.surstream.contract.prompt.PromptLimits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

    @Test
    void the_defaults_are_valid() {
        GatewayConfig config = config(Map.of());

        assertEquals(PromptLimits.STANDARD, config.limits());
        assertEquals(Duration.ofMillis(50), config.view().commitInterval());
        assertEquals(1 << 20, config.maxBodySize().asLongValue());
    }

    @Test
    void every_wrong_setting_is_named_at_once() {
        Map<String, String> wrong = Map.of(
                "surstream.gateway.max-steps", "0",
                "surstream.gateway.max-guidance-scale", "NaN",
                "surstream.gateway.heartbeat", "1ms",
                "surstream.gateway.view.application-id", "two words");

        assertEquals(wrong.keySet(), named(wrong));
    }

    @ParameterizedTest
    @CsvSource({
        "max-prompt-length, 1, 100000, 0, 100001",
        "max-steps, 1, 1000, 0, 1001",
        "max-guidance-scale, 1, 1000, 0.9, 1000.1",
        "max-images, 1, 1024, 0, 1025",
        "max-side, 8, 65536, 7, 65537",
        "max-body-size, 1K, 64M, 1023, 65M",
        "max-jobs-in-flight, 1, 2147483647, 0, -1",
        "max-event-streams, 1, 2147483647, 0, -1",
        "stalled-after, 10s, 365d, 9s, 366d",
        "heartbeat, 100ms, 5m, 99ms, 301s",
        "retention, 1m, 3650d, 59s, 3651d",
        "presigned-url-lifetime, 1s, 7d, 999ms, 8d",
        "publish-timeout, 100ms, 5m, 99ms, 301s",
        "view.commit-interval, 1ms, 10s, 0s, 11s",
        "view.progress-timeout, 1s, 1h, 999ms, 61m",
        "view.threads, 1, 64, 0, 65",
        "backlog.refresh, 1s, 10m, 999ms, 601s",
        "view.application-id, a, A-Z.a_z-09, '', a b",
    })
    void values_at_their_limits_are_taken_and_those_beyond_refused(
            String name, String least, String most, String below, String above) {
        String setting = "surstream.gateway." + name;

        config(Map.of(setting, least));
        config(Map.of(setting, most));
        assertEquals(Set.of(setting), named(Map.of(setting, above)));
        if (!below.isEmpty()) {
            assertEquals(Set.of(setting), named(Map.of(setting, below)));
        }
    }

    @Test
    void a_mistyped_setting_stops_the_start() {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> config(Map.of("surstream.gateway.max-step", "20")));

        assertTrue(refused.getMessage().contains("surstream.gateway.max-step"), refused.getMessage());
    }

    /** The first word of each problem. */
    private static Set<String> named(Map<String, String> settings) {
        ConfigValidationException wrong = assertThrows(ConfigValidationException.class, () -> config(settings));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < wrong.getProblemCount(); i++) {
            names.add(wrong.getProblem(i).getMessage().split(" ")[0]);
        }
        return names;
    }

    private static GatewayConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(GatewayConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
