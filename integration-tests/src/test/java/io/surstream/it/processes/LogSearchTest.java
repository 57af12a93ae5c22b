package io.surstream.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.testsupport.secured.SecuredKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSearchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String PASSWORD = SecuredKafka.password("gateway");

    @TempDir
    Path folder;

    private final List<String> secrets = List.of("secret-of-nobody", PASSWORD);

    @Test
    void a_password_in_the_middle_of_a_line_is_found_in_whatever_log_it_stands() throws IOException {
        write("curator-1.log", NOW, "started\nready\n");
        write("kafka-2.log", NOW.plusSeconds(1), "started\n\tat Login(password=\"" + PASSWORD + "\";)\nready\n");

        List<String> found = search().linesWith(secrets);

        assertEquals(List.of("kafka-2.log: \tat Login(password=\"" + PASSWORD + "\";)"), found);
    }

    @Test
    void bytes_that_are_no_text_hide_nothing() throws IOException {
        Path log = write("store-1.log", NOW, "");
        byte[] torn = ("\u00fe" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(log, torn);
        touch(log, NOW);

        assertEquals(1, search().linesWith(secrets).size());
    }

    @Test
    void logs_of_earlier_runs_do_not_count() throws IOException {
        write("curator-1.log", NOW.minus(Duration.ofMinutes(1)), PASSWORD);
        write("curator-2.log", NOW, "started");

        assertTrue(search().linesWith(secrets).isEmpty());
    }

    @Test
    void no_log_at_all_is_no_proof() throws IOException {
        write("curator-1.log", NOW.minus(Duration.ofMinutes(1)), "started");

        assertThrows(IllegalStateException.class, () -> search().linesWith(secrets));
    }

    private LogSearch search() {
        return new LogSearch(folder, NOW);
    }

    private Path write(String name, Instant time, String text) throws IOException {
        return touch(Files.writeString(folder.resolve(name), text), time);
    }

    private static Path touch(Path log, Instant time) throws IOException {
        return Files.setLastModifiedTime(log, FileTime.from(time));
    }
}
