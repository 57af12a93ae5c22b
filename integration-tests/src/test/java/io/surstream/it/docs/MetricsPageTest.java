package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final Path PAGE = Path.of("../docs/metrics.md");

    @Test
    void page_says_what_the_catalogue_says() throws IOException {
        String made = MetricsPage.render();
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(PAGE, made);
        }

        assertEquals(made, Files.readString(PAGE), "docs/metrics.md has drifted; run ./docs/generate");
    }
}
