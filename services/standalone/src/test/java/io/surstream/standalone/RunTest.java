package io.surstream.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.keys.WrongSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
    private static String reason(Throwable failure) {
        return Run.reason(new RuntimeException("Failed to start quarkus", failure), Path.of("surstream.log"));
    }

    @Test
    void wrong_settings_are_told_in_one_line_and_stand_nowhere_else() {
        assertEquals("a must be 1; b must be 2", reason(WrongSettings.of(List.of("a must be 1", "b must be 2"))));
    }

    @Test
    void any_other_failure_is_told_by_its_innermost_cause_with_the_log_that_has_the_details() {
        assertEquals(
                "the wires are crossed (details in surstream.log)",
                reason(new IllegalStateException("it broke", new IllegalStateException("the wires are crossed"))));
        assertEquals(
                "java.lang.NullPointerException (details in surstream.log)", reason(new NullPointerException(null)));
    }
}
