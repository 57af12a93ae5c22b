package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedSettingsTest {

    @Test
    void a_delivery_limit_of_one_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new ShareGroupSettings(Duration.ofSeconds(5), 1, Duration.ofMillis(500)));
        assertEquals("deliveryLimit must be 2..10 but is 1", refusal.getMessage());
    }

    @Test
    void a_lock_shorter_than_a_second_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new ShareGroupSettings(Duration.ofMillis(10), 5, Duration.ofMillis(500)));
        assertEquals("lockDuration must be PT1S..PT1M but is PT0.01S", refusal.getMessage());
    }

    @Test
    void equal_fixed_ports_are_refused() {
        var settings = EmbeddedKafkaSettings.in(Path.of("data"));
        var refusal = assertThrows(IllegalArgumentException.class, () -> settings.withPorts(9092, 9092));
        assertEquals("port and controllerPort must differ but both are 9092", refusal.getMessage());
    }

    @Test
    void a_port_beyond_the_range_is_refused() {
        var settings = EmbeddedS3Settings.in(Path.of("data"));
        var refusal = assertThrows(IllegalArgumentException.class, () -> settings.withPort(70_000));
        assertEquals("port must be 0 (free) or 1..65535 but is 70000", refusal.getMessage());
    }
}
