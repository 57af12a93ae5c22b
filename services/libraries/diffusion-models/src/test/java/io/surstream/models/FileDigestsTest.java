package io.surstream.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path temp;

    private Path kept;
    private Path file;

    @BeforeEach
    void files() throws IOException {
        kept = temp.resolve("kept");
        file = temp.resolve("file");
        write("one");
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, EARLIER);
    }

    private String digest() throws IOException {
        return new FileDigests(kept).of(file);
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> notes = Files.list(kept)) {
            return notes.toList();
        }
    }

    @Test
    void a_digest_is_the_files_sha_256_and_is_kept() throws IOException {
        String digest = digest();

        assertEquals("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed", digest);
        assertEquals(1, notes().size());
        assertEquals(digest, digest());
    }

    @Test
    void another_content_of_the_same_size_and_time_is_read_again() throws IOException {
        String before = digest();
        write("two");

        assertNotEquals(before, digest());
        assertEquals(1, notes().size());
    }

    @Test
    void a_kept_digest_is_used() throws IOException {
        digest();
        Path note = notes().get(0);
        Files.writeString(note, Files.readString(note).replaceAll("[0-9a-f]{64}", "0".repeat(64)));

        assertEquals("0".repeat(64), digest());
    }

    @Test
    void a_torn_note_is_not_believed() throws IOException {
        String before = digest();
        Path note = notes().get(0);
        Files.writeString(note, Files.readString(note).substring(0, 20));

        assertEquals(before, digest());
    }

    @Test
    void a_file_that_was_just_written_is_not_kept() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));

        assertFalse(digest().isEmpty());
        assertTrue(Files.notExists(kept));
    }

    @Test
    void a_folder_that_cannot_be_written_costs_nothing_but_time() throws IOException {
        Files.writeString(kept, "a file stands in its place");

        assertEquals(digest(), digest());
    }
}
