package io.surstream.platformsetup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketBackupTest {
    @TempDir
    Path folder;

    private final InMemoryObjectStore lost = new InMemoryObjectStore("surstream");
    private final InMemoryObjectStore empty = new InMemoryObjectStore("surstream");

    @Test
    void every_object_comes_back_under_its_key_with_content_and_type() {
        lost.put("images/a/0.png", "same".getBytes(UTF_8), "image/png");
        lost.put("images/../b", "same".getBytes(UTF_8), "text/plain");
        lost.put("adapters/x", new byte[0], "application/octet-stream");

        assertEquals(3, new BucketBackup(lost, folder).save());
        assertEquals(3, new BucketBackup(empty, folder).load());

        assertEquals(keysOf(lost), keysOf(empty));
        assertArrayEquals("same".getBytes(UTF_8), empty.get("images/../b"));
        assertEquals("image/png", empty.head("images/a/0.png").contentType());
    }

    private static List<String> keysOf(ObjectStore store) {
        return store.list("").stream().map(ListedObject::key).toList();
    }

    @Test
    void what_is_there_already_is_neither_fetched_nor_written_again() throws Exception {
        lost.put("a", "one".getBytes(UTF_8), "text/plain");
        BucketBackup backup = new BucketBackup(lost, folder);
        backup.save();
        Path content =
                folder.resolve("contents").resolve(lost.head("a").sha256().orElseThrow());
        Files.writeString(content, "touched");
        lost.put("b", "two".getBytes(UTF_8), "text/plain");

        assertEquals(2, backup.save());
        assertEquals("touched", Files.readString(content));
        assertEquals(0, backup.load());
    }

    @Test
    void damaged_content_is_refused_by_its_key() throws Exception {
        lost.put("a", "one".getBytes(UTF_8), "text/plain");
        new BucketBackup(lost, folder).save();
        Files.writeString(
                folder.resolve("contents").resolve(lost.head("a").sha256().orElseThrow()), "other");

        ChecksumMismatchException refused =
                assertThrows(ChecksumMismatchException.class, () -> new BucketBackup(empty, folder).load());

        assertTrue(refused.getMessage().contains("s3://surstream/a"), refused.getMessage());
        assertTrue(empty.list("").isEmpty());
    }

    @Test
    void folder_without_an_index_is_no_backup() {
        assertThrows(UncheckedIOException.class, () -> new BucketBackup(empty, folder).load());
    }
}
