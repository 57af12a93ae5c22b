package io.surstream.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.contract.prompt.PromptLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayConfigCheckTest {

    @Test
    void theDefaultsAreValid() {
        GatewayConfig config = config(Map.of());
        assertEquals(PromptLimits.STANDARD, GatewayConfigCheck.require(config));
        assertEquals(Duration.ofMillis(50), config.view().commitInterval());
        assertEquals(1 << 20, config.maxBodySize().asLongValue());
    }

    @Test
    void everyWrongSettingIsNamedAtOnceWithItsRange() {
        // given
        GatewayConfig config = config(Map.of(
                "surstream.gateway.max-steps", "0",
                "surstream.gateway.max-guidance-scale", "NaN",
                "surstream.gateway.heartbeat", "1ms",
                "surstream.gateway.view.application-id", "two words"));
        // when
        String message = assertThrows(ConfigValidationException.class, () -> GatewayConfigCheck.require(config))
                .getMessage();
        // then
        assertTrue(message.contains("surstream.gateway.max-steps must be 1..1000 but is 0"), message);
        assertTrue(message.contains("surstream.gateway.max-guidance-scale must be 1..1000 but is NaN"), message);
        assertTrue(message.contains("surstream.gateway.heartbeat must be PT0.1S..PT5M but is PT0.001S"), message);
        assertTrue(message.contains("surstream.gateway.view.application-id must be"), message);
    }

    @Test
    void aMistypedSettingStopsTheStart() {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> config(Map.of("surstream.gateway.max-step", "20")));
        assertTrue(refused.getMessage().contains("surstream.gateway.max-step"), refused.getMessage());
    }

    private static GatewayConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(GatewayConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
