package io.surstream.models.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelFetcher;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelFolderException;
import io.surstream.models.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelResolverTest {
    @TempDir
    Path temp;

    private ModelResolver resolver(Map<String, ModelFetcher> fetchers) {
        return new ModelResolver(
                temp.resolve("cache"),
                fetchers,
                Map.of("HF_HOME", temp.resolve("hf").toString(), "HF_HUB_OFFLINE", "1"));
    }

    @Test
    void a_folder_is_opened_where_it_lies() {
        Path folder = TestModels.copyTo(temp.resolve("model"));

        assertEquals(folder, resolver(Map.of()).resolve(folder.toString()).path());
    }

    @Test
    void a_bundled_model_is_unpacked_once_and_found_by_name() {
        ModelFolder first = resolver(Map.of()).resolve("small-in-a-jar");
        ModelFolder second = resolver(Map.of()).resolve("small-in-a-jar");

        assertEquals("small-in-a-jar", first.name());
        assertEquals(first, second);
        assertTrue(first.path().startsWith(temp.resolve("cache")));
    }

    @Test
    void a_model_from_elsewhere_is_fetched_once() {
        int[] calls = {0};
        ModelResolver resolver = resolver(Map.of("s3", (reference, folder) -> {
            calls[0]++;
            assertEquals("s3://bucket/models/small", reference.toString());
            TestModels.copyTo(folder.resolve("inside"));
            try (Stream<Path> files = Files.list(folder.resolve("inside"))) {
                for (Path file : files.toList()) {
                    Files.move(file, folder.resolve(file.getFileName().toString()));
                }
            }
        }));

        ModelFolder first = resolver.resolve("s3://bucket/models/small");
        ModelFolder second = resolver.resolve("s3://bucket/models/small");

        assertEquals(first, second);
        assertEquals(1, calls[0]);
    }

    @Test
    void a_fetch_that_breaks_leaves_nothing_behind() throws IOException {
        ModelResolver resolver = resolver(Map.of("s3", (reference, folder) -> {
            Files.writeString(folder.resolve("model_index.json"), "{}");
            throw new IOException("connection reset");
        }));

        Exception refusal = assertThrows(ModelFolderException.class, () -> resolver.resolve("s3://bucket/small"));
        assertTrue(refusal.getMessage().contains("connection reset"), refusal.getMessage());
        try (Stream<Path> left = Files.list(temp.resolve("cache/fetched"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "no-such-model", "ftp://host/model", "hf://owner", "hf://owner/na me", "hf://o/n@../x"
            })
    void a_reference_that_leads_nowhere_is_refused_with_the_kinds_that_exist(String reference) {
        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve(reference));
        assertTrue(refusal.getMessage().contains("hf://owner/name"), refusal.getMessage());
    }

    @Test
    void offline_a_model_that_was_never_fetched_is_refused() {
        Exception refusal = assertThrows(
                ModelFolderException.class, () -> resolver(Map.of()).resolve("hf://owner/name@main"));
        assertTrue(refusal.getMessage().contains("HF_HUB_OFFLINE"), refusal.getMessage());
    }

    @Test
    void written_folders_follow_the_environment() {
        Map<String, Path> folders =
                ModelResolver.writtenFolders(Map.of("XDG_CACHE_HOME", "/c", "HF_HUB_CACHE", "/models/hub"));

        assertEquals(Set.of("cache", "hub", "libtorch"), folders.keySet());
        assertEquals(Path.of("/c/surstream"), folders.get("cache"));
        assertEquals(Path.of("/models/hub"), folders.get("hub"));
        assertEquals(
                Path.of("/c/huggingface/hub"),
                ModelResolver.writtenFolders(Map.of("XDG_CACHE_HOME", "/c")).get("hub"));
    }
}
