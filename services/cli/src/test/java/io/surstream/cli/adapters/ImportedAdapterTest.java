package io.surstream.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.models.ModelException;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.training.checkpoint.PublishedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedAdapterTest {
    private static final int WIDTH = 16;
    private static final Map<String, FloatTensor> WEIGHTS = new FreshAdapter(WIDTH).weights(1);

    @TempDir
    Path folder;

    private Path safetensors(Map<String, String> metadata) {
        Path file = folder.resolve("given.safetensors");
        SafetensorsWriter.write(file, WEIGHTS, metadata, DType.FP32);
        return file;
    }

    private ImportedAdapter imported(Path source, OptionalDouble weight) throws IOException {
        return ImportedAdapter.into(Files.createTempDirectory(folder, "made"), source, weight, Optional.empty(), WIDTH);
    }

    @Test
    void a_file_that_says_everything_keeps_its_bytes() throws IOException {
        Path given = safetensors(Map.of("adapter_weight", "0.3", "layout", "token"));
        Path made = Files.createDirectory(folder.resolve("out"));

        ImportedAdapter imported = ImportedAdapter.into(made, given, OptionalDouble.empty(), Optional.empty(), WIDTH);

        assertArrayEquals(Files.readAllBytes(given), Files.readAllBytes(made.resolve("adapter.safetensors")));
        assertEquals(0.3, imported.weight());
        assertEquals(AdapterLayout.TOKEN, imported.layout());
        assertEquals(imported.manifest(), Manifest.verify(made));
    }

    @Test
    void a_published_state_dict_gets_its_weight_beside_and_the_published_layout() throws IOException {
        Path published = folder.resolve("published.pt");
        PublishedAdapter.export(safetensors(Map.of()), published);
        Path made = Files.createDirectory(folder.resolve("out"));

        ImportedAdapter imported =
                ImportedAdapter.into(made, published, OptionalDouble.of(0.1), Optional.empty(), WIDTH);

        assertEquals(AdapterLayout.REFERENCE, imported.layout());
        try (Weights weights = Checkpoint.open(made, "adapter")) {
            assertEquals("0.1", weights.metadata().get("adapter_weight"));
            assertEquals("reference", weights.metadata().get("layout"));
            assertArrayEquals(
                    WEIGHTS.get("fc.bias").data(),
                    weights.get("fc.bias").toFloat().data());
        }
    }

    @Test
    void a_weight_that_is_given_overrules_the_files_and_makes_another_revision() throws IOException {
        Path given = safetensors(Map.of("adapter_weight", "0.3", "layout", "token"));

        assertEquals(0.5, imported(given, OptionalDouble.of(0.5)).weight());
        assertNotEquals(
                imported(given, OptionalDouble.of(0.5)).sha256(),
                imported(given, OptionalDouble.empty()).sha256());
    }

    @Test
    void without_a_weight_or_for_another_width_or_without_an_adapter_it_is_refused() throws IOException {
        Path nothing = folder.resolve("nothing.safetensors");
        SafetensorsWriter.write(nothing, Map.of("a", FloatTensor.zeros(1)), Map.of("adapter_weight", "1"), DType.FP32);

        assertThrows(ModelException.class, () -> imported(safetensors(Map.of()), OptionalDouble.empty()));
        assertThrows(ModelException.class, () -> imported(nothing, OptionalDouble.empty()));
        assertThrows(
                CommandFailedException.class,
                () -> ImportedAdapter.into(
                        folder, safetensors(Map.of()), OptionalDouble.of(0.1), Optional.empty(), 2 * WIDTH));
    }
}
