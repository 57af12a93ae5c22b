package io.surstream.models.text;

import static io.surstream.models.RandomWeights.distance;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.Configs;
import io.surstream.models.ModelException;
import io.surstream.models.RandomWeights;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CLIPTextModelTest {
    private static final String SMALL = "{'hidden_size': 12, 'intermediate_size': 20, 'num_hidden_layers': 2,"
            + " 'num_attention_heads': 3, 'vocab_size': 30, 'max_position_embeddings': 9, 'eos_token_id': 29}";

    private static CLIPTextModel small(String changes) {
        ClipTextConfig config = ClipTextConfig.from(Configs.of(SMALL, changes));
        return CLIPTextModel.of(
                config, RandomWeights.of(ClipTextWeights.of(config), 1), "random", DType.FP32, TorchDevice.CPU);
    }

    @Test
    void keys_with_and_without_prefix_give_the_same_states() {
        LongTensor ids = LongTensor.of(new long[] {0, 5, 7, 199, 1}, 1, 5);
        try (CLIPTextModel with =
                        CLIPTextModel.load(Golden.folder("clip-text-sd2/text_encoder"), DType.FP32, TorchDevice.CPU);
                CLIPTextModel without = CLIPTextModel.load(
                        Golden.folder("clip-text-sd2/text_encoder_keys_without_prefix"), DType.FP32, TorchDevice.CPU)) {
            assertEquals(with.forward(ids), without.forward(ids));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick_gelu", "gelu", "gelu_new", "gelu_pytorch_tanh", "relu", "silu", "mish"})
    void attention_is_causal_whatever_the_activation(String activation) {
        try (CLIPTextModel encoder = small("{'hidden_act': '" + activation + "'}")) {
            FloatTensor whole = encoder.forward(LongTensor.of(new long[] {1, 2, 3, 4, 5}, 1, 5));
            FloatTensor begin = encoder.forward(LongTensor.of(new long[] {1, 2, 3}, 1, 3));
            FloatTensor cut = FloatTensor.of(Arrays.copyOf(whole.data(), 3 * 12), 1, 3, 12);
            assertTrue(distance(cut, begin) < 1e-5);
        }
    }

    @Test
    void the_pooled_output_is_the_state_at_the_first_end_token() {
        LongTensor ids = LongTensor.of(new long[] {1, 29, 3, 29, 2, 28, 27, 29}, 2, 4);
        try (CLIPTextModel encoder = small("{}")) {
            List<FloatTensor> states = encoder.states(ids);
            assertEquals(2 + 3, states.size());
            assertArrayEquals(new long[] {2, 12}, states.get(1).shape());
            for (int c = 0; c < 12; c++) {
                assertEquals(states.get(0).data()[12 + c], states.get(1).data()[c]);
                assertEquals(
                        states.get(0).data()[(4 + 3) * 12 + c], states.get(1).data()[12 + c]);
            }
        }
    }

    @Test
    void ids_and_lengths_beyond_the_model_are_refused_and_the_next_prompt_is_served() {
        try (CLIPTextModel encoder = small("{}")) {
            ModelException e =
                    assertThrows(ModelException.class, () -> encoder.forward(LongTensor.of(new long[] {1, 30}, 1, 2)));
            assertTrue(e.getMessage().contains("holds 30 but the vocabulary has ids 0..29"), e.getMessage());
            assertThrows(ModelException.class, () -> encoder.forward(LongTensor.of(new long[] {-1}, 1, 1)));
            e = assertThrows(ModelException.class, () -> encoder.forward(LongTensor.of(new long[10], 1, 10)));
            assertTrue(e.getMessage().contains("10 positions but the text encoder has 9"), e.getMessage());
            assertEquals(
                    12, encoder.forward(LongTensor.of(new long[] {1}, 1, 1)).size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'hidden_act': 'tanh'} | hidden_act is \"tanh\"; supported: quick_gelu, gelu",
                "{'num_attention_heads': 5} | num_attention_heads is 5; supported: divisors of hidden_size 12",
                "{'num_hidden_layers': 0} | num_hidden_layers is 0; supported: whole numbers 1..",
                "{'eos_token_id': [1]} | eos_token_id is [1]; supported: a whole number"
            })
    void what_is_not_supported_is_refused_by_name_and_value(String changes, String message) {
        ModelException e = assertThrows(ModelException.class, () -> ClipTextConfig.from(Configs.of(SMALL, changes)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void the_text_part_of_a_whole_clip_config_is_read() {
        ClipTextConfig config = ClipTextConfig.from(Configs.of("{'text_config': " + SMALL + ", 'hidden_size': 99}"));
        assertEquals(12, config.hiddenSize());
    }
}
