package io.surstream.models.llama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelException;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaModelTest {
    private static LlamaModel grouped() {
        return LlamaModel.load(Golden.folder("llama-teacher/llama-gqa/model"), DType.FP32, TorchDevice.CPU);
    }

    @Test
    void a_layer_is_the_same_state_without_the_work_behind_it() {
        LongTensor ids = LongTensor.of(new long[] {1, 5, 9, 17}, 1, 4);
        try (LlamaModel model = grouped()) {
            List<FloatTensor> states = model.states(ids);
            int layers = model.config().layers();

            for (int i = 0; i < layers; i++) {
                assertArrayEquals(states.get(i).data(), model.layer(ids, i).data());
            }
            assertArrayEquals(
                    states.get(layers + 1).data(), model.layer(ids, layers).data());
        }
    }

    @Test
    void a_row_that_is_padded_on_the_right_is_what_it_is_alone() {
        try (LlamaModel model = grouped()) {
            FloatTensor batch = model.layer(LongTensor.of(new long[] {1, 5, 9, 17, 1, 7, 0, 0}, 2, 4), 2);
            FloatTensor alone = model.layer(LongTensor.of(new long[] {1, 7}, 1, 2), 2);

            int row = batch.size() / 2;
            assertArrayEquals(alone.data(), Arrays.copyOfRange(batch.data(), row, row + alone.size()), 1e-5f);
        }
    }

    @Test
    void what_the_model_cannot_read_is_refused() {
        try (LlamaModel model = grouped()) {
            refused("vocabulary", () -> model.states(LongTensor.of(new long[] {1, 120}, 1, 2)));
            refused("layer must be 0..3", () -> model.layer(LongTensor.of(new long[] {1}, 1, 1), 4));
            refused("positions", () -> model.states(LongTensor.zeros(1, 2049)));
        }
    }

    private static void refused(String reason, Executable action) {
        Exception refusal = assertThrows(ModelException.class, action);
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model_type\": \"qwen3\"}                                              | model_type",
                "{\"model_type\": \"llama\", \"num_key_value_heads\": 5}                  | num_key_value_heads",
                "{\"model_type\": \"llama\", \"rope_scaling\": {\"type\": \"yarn\"}}      | yarn",
                "{\"model_type\": \"llama\", \"rope_scaling\": {\"rope_type\": \"llama3\"}} | factor",
                "{\"model_type\": \"llama\", \"hidden_act\": \"swiglu\"}                  | hidden_act"
            })
    void a_config_that_is_not_supported_is_refused_by_name(String json, String named) throws JsonProcessingException {
        ConfigFile config = ConfigFile.of("config.json", new ObjectMapper().readTree(json));

        Exception refusal = assertThrows(ModelException.class, () -> LlamaConfig.from(config));
        assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
    }

    @Test
    void a_sliding_window_is_a_limit_on_the_input() throws JsonProcessingException {
        String json = """
                {"model_type": "mistral", "max_position_embeddings": 131072, "sliding_window": 4096}
                """;

        assertEquals(
                4096,
                LlamaConfig.from(ConfigFile.of("config.json", new ObjectMapper().readTree(json)))
                        .window());
    }

    @Test
    void linear_scaling_divides_every_frequency() throws JsonProcessingException {
        String plain = "{\"model_type\": \"llama\", \"head_dim\": 8}";
        String scaled =
                "{\"model_type\": \"llama\", \"head_dim\": 8, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}}";
        List<Double> one = frequencies(plain);
        List<Double> two = frequencies(scaled);

        for (int i = 0; i < 4; i++) {
            assertEquals(one.get(i) / 2, two.get(i), 1e-15);
        }
    }

    private static List<Double> frequencies(String json) throws JsonProcessingException {
        return LlamaConfig.from(ConfigFile.of("config.json", new ObjectMapper().readTree(json)))
                .inverseFrequencies();
    }
}
