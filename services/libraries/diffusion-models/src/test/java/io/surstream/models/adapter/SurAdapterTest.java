package io.surstream.models.adapter;

import static io.surstream.models.RandomWeights.distance;
import static io.surstream.models.RandomWeights.normal;
import static io.surstream.models.RandomWeights.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelException;
import io.surstream.models.RandomWeights;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.pickle.StateDictReader;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurAdapterTest {
    private final FloatTensor states = normal(new Random(6), 3, 5, 16);

    private static SurAdapter small(AdapterLayout layout) {
        MemoryWeights weights = RandomWeights.of(SurAdapterWeights.of(16, 24, 3), 1);
        return SurAdapter.of(new SurAdapterConfig(0.3, layout, 4, 1e-5), weights, "random", TorchDevice.CPU);
    }

    @Test
    void weight_zero_leaves_the_states_as_they_are() {
        try (SurAdapter adapter = small(AdapterLayout.TOKEN)) {
            assertEquals(states, adapter.forward(states, 0));
            assertEquals(16, adapter.width());
        }
    }

    @Test
    void weight_one_gives_the_branch_alone() {
        try (SurAdapter adapter = small(AdapterLayout.TOKEN)) {
            assertEquals(adapter.parts(states).get(2), adapter.forward(states, 1));
        }
    }

    @Test
    void in_the_token_layout_a_row_does_not_depend_on_its_batch_mates() {
        try (SurAdapter adapter = small(AdapterLayout.TOKEN)) {
            assertTrue(distance(row(adapter.forward(states), 1), adapter.forward(row(states, 1))) < 1e-5);
        }
    }

    @Test
    void in_the_reference_layout_it_does() {
        try (SurAdapter adapter = small(AdapterLayout.REFERENCE)) {
            assertTrue(distance(row(adapter.forward(states), 1), adapter.forward(row(states, 1))) > 1e-3);
        }
    }

    @Test
    void the_older_torch_format_is_read_too() {
        Path folder = Golden.folder("sur-adapter");
        try (Weights old = StateDictReader.open(folder.resolve("fc_only_legacy.pt"));
                Weights now = SafetensorsFile.open(folder.resolve("adapter.safetensors"))) {
            assertTrue(old.names().contains("fc.weight"), old.names().toString());
            for (String name : old.names()) {
                assertEquals(now.get(name).toFloat(), old.get(name).toFloat(), name);
            }
        }
    }

    @Test
    void a_published_state_dict_needs_only_its_weight_to_be_said() {
        Path file = Golden.folder("sur-adapter").resolve("adapter.pt");
        ModelException e = assertThrows(
                ModelException.class,
                () -> SurAdapter.load(file, OptionalDouble.empty(), Optional.empty(), TorchDevice.CPU));
        assertTrue(e.getMessage().startsWith("adapter_weight is not in the adapter's metadata"), e.getMessage());
        try (SurAdapter adapter = SurAdapter.load(file, OptionalDouble.of(0.1), Optional.empty(), TorchDevice.CPU)) {
            assertEquals(SurAdapterConfig.of(0.1, AdapterLayout.REFERENCE), adapter.config());
            assertArrayEquals(
                    new long[] {1, 2, 64},
                    adapter.forward(FloatTensor.zeros(1, 2, 64)).shape());
        }
    }

    @Test
    void metadata_speaks_where_arguments_do_not() {
        Map<String, String> metadata = Map.of("adapter_weight", "0.25", "layout", "token", "nhead", "4");
        assertEquals(
                new SurAdapterConfig(0.25, AdapterLayout.TOKEN, 4, 1e-5),
                SurAdapterConfig.from(metadata, OptionalDouble.empty(), Optional.empty()));
        assertEquals(
                new SurAdapterConfig(0.5, AdapterLayout.REFERENCE, 4, 1e-5),
                SurAdapterConfig.from(metadata, OptionalDouble.of(0.5), Optional.of(AdapterLayout.REFERENCE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adapter_weight | much | adapter_weight 'much', which is no number",
                "adapter_weight | NaN | adapter_weight must be -10..10 but is NaN",
                "adapter_weight | 11 | adapter_weight must be -10..10 but is 11.0",
                "layout | batch | must be token or reference but is 'batch'",
                "nhead | 2.5 | nhead must be a whole number but is 2.5",
                "nhead | 0 | nhead must be at least 1 but is 0",
                "layer_norm_eps | 0 | layer_norm_eps must be above 0 but is 0.0"
            })
    void metadata_that_makes_no_sense_is_refused(String name, String value, String message) {
        Map<String, String> metadata =
                name.equals("adapter_weight") ? Map.of(name, value) : Map.of("adapter_weight", "0.1", name, value);
        ModelException e = assertThrows(
                ModelException.class, () -> SurAdapterConfig.from(metadata, OptionalDouble.empty(), Optional.empty()));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void a_file_that_is_no_adapter_is_refused() {
        Path file = Golden.folder("models/sd1-small/vae").resolve("diffusion_pytorch_model.safetensors");
        ModelException e = assertThrows(
                ModelException.class,
                () -> SurAdapter.load(file, OptionalDouble.of(0.1), Optional.empty(), TorchDevice.CPU));
        assertTrue(e.getMessage().contains("is no SUR-adapter"), e.getMessage());
    }

    @Test
    void states_of_another_width_are_refused() {
        try (SurAdapter adapter = small(AdapterLayout.TOKEN)) {
            assertThrows(ModelException.class, () -> adapter.forward(FloatTensor.zeros(1, 5, 15)));
        }
    }
}
