package io.surstream.cli.backup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.terminal.CommandFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
    @TempDir
    Path folder;

    @Test
    void folder_says_whether_objects_are_in_it() {
        BackupFolder backup = new BackupFolder(folder);
        backup.open();

        backup.close(Map.of("jobs", 3L), OptionalInt.of(2));
        assertTrue(backup.requireWhole());

        backup.close(Map.of("jobs", 3L), OptionalInt.empty());
        assertFalse(backup.requireWhole());
    }

    @Test
    void backup_that_was_begun_again_and_not_finished_is_refused() {
        BackupFolder backup = new BackupFolder(folder);
        backup.open();
        backup.close(Map.of(), OptionalInt.of(0));
        backup.open();

        CommandFailedException refused = assertThrows(CommandFailedException.class, backup::requireWhole);

        assertTrue(refused.getMessage().contains("backup.json"), refused.getMessage());
    }
}
