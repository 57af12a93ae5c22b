package io.surstream.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import org.junit.jupiter.api.Test;

class WrongSettingsTest {
    private static int applying(String value) {
        return WrongSettings.applying(
                "surstream.number", "a number in digits", value, Integer::parseInt, NumberFormatException.class);
    }

    @Test
    void what_a_setting_asks_for_is_made() {
        assertEquals(7, applying("7"));
    }

    @Test
    void a_value_that_is_refused_is_a_wrong_setting_that_says_what_it_must_be_and_why() {
        ConfigValidationException wrong = assertThrows(ConfigValidationException.class, () -> applying("seven"));

        assertEquals(1, wrong.getProblemCount());
        assertEquals(
                "surstream.number must be a number in digits but is seven: For input string: \"seven\"",
                wrong.getProblem(0).getMessage());
        assertNull(wrong.getCause(), "Quarkus would tell its stack");
    }

    @Test
    void what_a_record_refuses_is_a_wrong_setting_without_a_stack() {
        ConfigValidationException wrong = assertThrows(
                ConfigValidationException.class,
                () -> WrongSettings.checking(() -> {
                    throw new IllegalArgumentException("a must be 1; b must be 2");
                }));

        assertEquals("a must be 1; b must be 2", WrongSettings.words(wrong));
        assertNull(wrong.getCause(), "Quarkus would tell its stack");
    }

    @Test
    void an_error_that_says_nothing_of_the_value_goes_on_as_it_is() {
        assertThrows(
                IllegalStateException.class,
                () -> WrongSettings.applying(
                        "surstream.number",
                        "a number",
                        "7",
                        value -> {
                            throw new IllegalStateException("the wires are crossed");
                        },
                        NumberFormatException.class));
    }
}
