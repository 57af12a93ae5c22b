package io.surstream.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BaseImageTest {
    @Test
    void the_default_is_pinned_by_digest_and_has_the_java_that_tests_run_on() {
        assertTrue(BaseImage.DEFAULT.reference().matches(".*:nonroot@sha256:[0-9a-f]{64}"));
        assertEquals(17, BaseImage.DEFAULT.java());
    }

    @Test
    void a_tag_alone_is_refused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new BaseImage("some/jre:17", 17));

        assertTrue(refusal.getMessage().contains("some/jre:17"), refusal.getMessage());
    }
}
