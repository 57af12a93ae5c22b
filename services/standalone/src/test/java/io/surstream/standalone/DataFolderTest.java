package io.surstream.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void folder_is_created_and_taken_by_one_at_a_time() throws IOException {
        Path data = folder.resolve("a/b");

        try (DataFolder first = DataFolder.take(data)) {
            var refusal = assertThrows(UpRefusedException.class, () -> DataFolder.take(data));

            assertEquals(data, first.root());
            assertTrue(refusal.getMessage().contains(data + " is in use"), refusal.getMessage());
        }
    }

    @Test
    void folder_given_back_can_be_taken_again() throws IOException {
        DataFolder.take(folder).close();

        try (DataFolder second = DataFolder.take(folder)) {
            assertEquals(folder, second.root());
        }
    }

    @Test
    void file_in_the_way_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        var refusal = assertThrows(UpRefusedException.class, () -> DataFolder.take(file));

        assertTrue(refusal.getMessage().contains(file + " cannot be written"), refusal.getMessage());
    }
}
