package io.surstream.playgroundmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.BundledModel;
import io.surstream.models.ModelFolderException;
import io.surstream.models.ModelLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundModelTest {
    private static final String SAMPLE = "/io/surstream/playgroundmodel/sample/";

    @TempDir
    Path folder;

    @Test
    void the_service_loader_finds_it() {
        List<String> names = ServiceLoader.load(BundledModel.class).stream()
                .map(provider -> provider.get().name())
                .toList();
        assertTrue(names.contains("playground"), names.toString());
    }

    @Test
    void its_files_are_those_of_the_list_and_open_verified() throws IOException {
        PlaygroundModel model = new PlaygroundModel(SAMPLE);
        assertEquals(List.of("changed.txt", "folder/whole.txt", "missing.txt"), model.files());
        assertEquals("whole\n", new String(model.open("folder/whole.txt").readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void a_changed_a_missing_and_an_unlisted_file_are_refused_by_name() {
        PlaygroundModel model = new PlaygroundModel(SAMPLE);
        assertTrue(refusal(model, "changed.txt").startsWith("changed.txt has SHA-256 "));
        assertTrue(refusal(model, "missing.txt").contains("sample/missing.txt is missing"));
        assertTrue(refusal(model, "unlisted.txt").contains("does not list unlisted.txt"));
    }

    @Test
    void a_build_without_the_model_says_what_to_do() {
        ModelFolderException e = assertThrows(
                ModelFolderException.class, () -> new PlaygroundModel("/io/surstream/playground/nothing/").files());
        assertTrue(e.getMessage().contains("no bundled playground model"), e.getMessage());
        assertTrue(e.getMessage().contains("./surstream playground train"), e.getMessage());
    }

    @Test
    void the_teacher_has_the_same_name_and_another_layout() {
        assertEquals(new PlaygroundModel().name(), new PlaygroundTeacher().name());
        assertEquals(ModelLayout.TRANSFORMERS, new PlaygroundTeacher().layout());

        ModelFolderException e = assertThrows(
                ModelFolderException.class, () -> new PlaygroundTeacher("/io/surstream/playground/nothing/").files());
        assertTrue(e.getMessage().contains("no bundled playground teacher"), e.getMessage());
    }

    @Test
    void an_index_written_for_a_folder_reads_back() throws IOException {
        Files.createDirectories(folder.resolve("unet"));
        Files.writeString(folder.resolve("model_index.json"), "{}");
        Files.write(folder.resolve("unet/weights.safetensors"), new byte[] {1, 2, 3});
        BundleIndex written = BundleIndex.write(folder);
        BundleIndex again = BundleIndex.write(folder);
        assertEquals(
                List.of("model_index.json", "unet/weights.safetensors"),
                List.copyOf(written.digests().keySet()));
        assertEquals(written, again);
        BundleIndex read = BundleIndex.read(Files.newInputStream(folder.resolve(BundleIndex.FILE)));
        assertEquals(written, read);
        assertArrayEquals(new byte[] {1, 2, 3}, read.verified("unet/weights.safetensors", new byte[] {1, 2, 3}));
    }

    @Test
    void an_index_that_leads_out_of_the_folder_or_is_no_index_is_refused() {
        String digest = "0".repeat(64);
        for (String line : List.of(digest + "  ../secret", digest + "  /etc/passwd", "nonsense", digest)) {
            assertThrows(IOException.class, () -> BundleIndex.read(new ByteArrayInputStream(line.getBytes())), line);
        }
        assertEquals(Map.of(), new BundleIndex(Map.of()).digests());
    }

    private static String refusal(PlaygroundModel model, String file) {
        return assertThrows(IOException.class, () -> model.open(file)).getMessage();
    }
}
