package io.surstream.modelstore.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ObjectNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketModelsTest {

    @TempDir
    Path cache;

    private final InMemoryObjectStore models = new InMemoryObjectStore("models");

    private BucketModels fetcher() {
        return new BucketModels(cache, bucket -> models);
    }

    private void put(String key, String content) {
        models.put(key, content.getBytes(UTF_8), "application/octet-stream");
    }

    @Test
    void a_folder_comes_down_with_its_subfolders() throws Exception {
        put("sd/model_index.json", "{}");
        put("sd/unet/config.json", "{\"a\": 1}");
        put("sd2/other", "not asked for");
        Path folder = fetcher().fetch("s3://models/sd");
        assertEquals("{\"a\": 1}", Files.readString(folder.resolve("unet/config.json")));
        assertFalse(Files.exists(cache.resolve("models/sd2")));
    }

    @Test
    void a_file_is_fetched_again_only_when_its_digest_changes() throws Exception {
        put("sd/weights", "one");
        Path weights = fetcher().fetch("s3://models/sd/").resolve("weights");
        // A local change of the same size shows whether the file is replaced.
        Files.writeString(weights, "own");
        fetcher().fetch("s3://models/sd/");
        assertEquals("own", Files.readString(weights));
        put("sd/weights", "two");
        fetcher().fetch("s3://models/sd/");
        assertEquals("two", Files.readString(weights));
    }

    @Test
    void only_a_reference_into_the_store_is_fetched() {
        put("sd/weights", "one");
        assertEquals("playground", fetcher().local("playground"));
        assertEquals(cache.resolve("models/sd").toString(), fetcher().local("s3://models/sd"));
    }

    @Test
    void a_torn_file_never_appears() {
        models.putWithDigest("sd/weights", new byte[3], "0".repeat(64));
        assertThrows(ChecksumMismatchException.class, () -> fetcher().fetch("s3://models/sd"));
        assertFalse(Files.exists(cache.resolve("models/sd/weights")));
    }

    @Test
    void a_key_that_leads_out_of_the_cache_is_refused() {
        put("sd/../../../evil", "x");
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> fetcher().fetch("s3://models/sd"));
        assertEquals("the object key \"sd/../../../evil\" leads out of the model cache", refusal.getMessage());
    }

    @Test
    void an_empty_prefix_in_the_store_is_not_a_model() {
        assertThrows(ObjectNotFoundException.class, () -> fetcher().fetch("s3://models/none"));
    }

    @Test
    void references_of_another_form_are_refused() {
        for (String reference : List.of("s3://models", "s3://models/", "http://models/sd", "sd", "s3://a b/c")) {
            var refusal =
                    assertThrows(IllegalArgumentException.class, () -> fetcher().fetch(reference));
            assertEquals(
                    "a model in object storage must be s3://bucket/prefix but is \"" + reference + '"',
                    refusal.getMessage());
        }
    }
}
