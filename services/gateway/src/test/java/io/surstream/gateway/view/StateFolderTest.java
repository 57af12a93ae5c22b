package io.surstream.gateway.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir
    Path parent;

    @Test
    void a_process_finds_its_folder_again_and_two_have_one_each() {
        Path first;
        try (StateFolder one = StateFolder.in(parent);
                StateFolder two = StateFolder.in(parent)) {
            first = one.path();
            assertNotEquals(first, two.path());
        }
        try (StateFolder again = StateFolder.in(parent)) {
            assertEquals(first, again.path());
        }
    }

    @Test
    void stores_of_another_number_of_partitions_go_and_nothing_else() throws IOException {
        try (StateFolder folder = StateFolder.in(parent)) {
            Path old = Files.createDirectories(folder.path().resolve("app-view-4/0_1"));
            Path present = Files.createDirectories(folder.path().resolve("app-view-8/0_1"));
            Path other = Files.createDirectories(folder.path().resolve("app"));

            folder.keepOnly("app-view-", "app-view-8");

            assertFalse(Files.exists(old.getParent()));
            assertTrue(Files.exists(present) && Files.exists(other));
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_named_with_its_setting() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> StateFolder.in(file));

        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("surstream.gateway.view.state-folder"), refused.getMessage());
    }
}
