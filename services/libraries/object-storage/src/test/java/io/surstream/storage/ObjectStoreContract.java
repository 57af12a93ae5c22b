package io.surstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.surstream.contract.Sha256;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every object store must do. */
abstract class ObjectStoreContract {

    private static final String TEXT = "text/plain";

    @TempDir
    Path folder;

    /** An empty bucket of its own for each test; owned by the subclass. */
    abstract ObjectStore store();

    /** Writes an object whose noted digest is not its content's. */
    abstract void putWithWrongDigest(String key);

    @Test
    void what_was_put_is_got_and_described() {
        byte[] content = "a red heart".getBytes(UTF_8);
        StoredObject put = store().put("images/job-1/0.png", content, "image/png");
        assertArrayEquals(content, store().get("images/job-1/0.png"));
        assertEquals(put, store().head("images/job-1/0.png"));
        assertEquals(
                new StoredObject(
                        store().bucket(),
                        "images/job-1/0.png",
                        content.length,
                        Optional.of(Sha256.of(content)),
                        "image/png"),
                put);
    }

    @Test
    void an_empty_object_is_an_object() {
        store().put("empty", new byte[0], TEXT);
        assertEquals(0, store().get("empty").length);
        assertEquals(0, store().head("empty").size());
    }

    @Test
    void put_replaces_what_is_there() {
        store().put("key", "old".getBytes(UTF_8), TEXT);
        store().put("key", "new".getBytes(UTF_8), TEXT);
        assertEquals("new", new String(store().get("key"), UTF_8));
    }

    @Test
    void put_if_absent_keeps_what_is_there() {
        assertTrue(store().putIfAbsent("key", "first".getBytes(UTF_8), TEXT));
        assertFalse(store().putIfAbsent("key", "second".getBytes(UTF_8), TEXT));
        assertEquals("first", new String(store().get("key"), UTF_8));
    }

    @Test
    void of_racing_writers_exactly_one_creates_the_object() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            byte[] content = ("writer " + writer).getBytes(UTF_8);
            results.add(writers.submit(() -> store().putIfAbsent("raced", content, TEXT)));
        }
        int winner = -1;
        for (int writer = 0; writer < results.size(); writer++) {
            if (results.get(writer).get()) {
                assertEquals(-1, winner, "a second writer created the object");
                winner = writer;
            }
        }
        writers.shutdown();
        assertEquals("writer " + winner, new String(store().get("raced"), UTF_8));
    }

    @Test
    void a_range_is_cut_out_and_ends_with_the_object() {
        store().put("digits", "0123456789".getBytes(UTF_8), TEXT);
        assertEquals("345", new String(store().getRange("digits", 3, 3), UTF_8));
        assertEquals("89", new String(store().getRange("digits", 8, 100), UTF_8));
        assertThrows(StoreRefusedException.class, () -> store().getRange("digits", 10, 1));
    }

    @Test
    void a_missing_object_is_named() {
        var missing = assertThrows(ObjectNotFoundException.class, () -> store().get("no/such"));
        assertEquals("there is no object s3://" + store().bucket() + "/no/such", missing.getMessage());
        assertThrows(ObjectNotFoundException.class, () -> store().head("no/such"));
        assertThrows(ObjectNotFoundException.class, () -> store().getRange("no/such", 0, 1));
        assertThrows(ObjectNotFoundException.class, () -> store().download("no/such", folder.resolve("x")));
        assertEquals(Optional.empty(), store().find("no/such"));
    }

    @Test
    void content_that_is_not_what_was_written_is_refused_and_leaves_no_file() throws Exception {
        putWithWrongDigest("torn");
        var mismatch = assertThrows(ChecksumMismatchException.class, () -> store().get("torn"));
        assertTrue(mismatch.getMessage().contains("/torn must have SHA-256 0000"), mismatch.getMessage());
        assertThrows(ChecksumMismatchException.class, () -> store().download("torn", folder.resolve("torn")));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void a_full_local_disk_is_not_the_stores_fault_and_nothing_is_left_on_it() throws Exception {
        byte[] content = new byte[2 << 20];
        new Random(3).nextBytes(content);
        store().put("large", content, TEXT);
        Configuration disk =
                Configuration.unix().toBuilder().setMaxSize(1 << 20).build();
        try (FileSystem small = Jimfs.newFileSystem(disk)) {
            Path target = small.getPath("/folder/large");
            var full = assertThrows(UncheckedIOException.class, () -> store().download("large", target));
            assertTrue(full.getMessage().startsWith("cannot write /folder/large: "), full.getMessage());
            try (var left = Files.list(target.getParent())) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void a_listing_holds_the_prefix_and_nothing_else_in_order() {
        for (String key : List.of("b/2", "b/1", "a/1", "b/deep/3", "bb")) {
            store().put(key, key.getBytes(UTF_8), TEXT);
        }
        List<ListedObject> listed = store().list("b/");
        assertEquals(
                List.of("b/1", "b/2", "b/deep/3"),
                listed.stream().map(ListedObject::key).toList());
        assertEquals(
                List.of(3L, 3L, 8L), listed.stream().map(ListedObject::size).toList());
        Duration age = Duration.between(listed.get(0).modified(), Instant.now());
        assertTrue(age.abs().compareTo(Duration.ofMinutes(5)) < 0, age::toString);
        assertEquals(List.of(), store().list("c/"));
    }

    @Test
    void what_was_deleted_is_gone_and_deleting_it_again_is_no_error() {
        store().put("key", new byte[1], TEXT);
        store().delete("key");
        store().delete("key");
        assertEquals(Optional.empty(), store().find("key"));
    }

    @Test
    void a_large_file_goes_up_in_parts_and_comes_down_the_same() throws Exception {
        byte[] content = new byte[11 << 20];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("weights"), content);
        StoredObject put = store().put("models/weights.safetensors", file, "application/octet-stream");
        assertEquals(Optional.of(Sha256.of(content)), put.sha256());
        assertEquals(put, store().head("models/weights.safetensors"));
        store().download("models/weights.safetensors", folder.resolve("back/weights"));
        assertEquals(-1, Files.mismatch(file, folder.resolve("back/weights")));
    }

    @Test
    void a_url_names_the_object() {
        store().put("images/a b.png", new byte[1], "image/png");
        assertTrue(store().presignedGet("images/0.png", Duration.ofMinutes(5))
                .getPath()
                .endsWith("images/0.png"));
    }
}
