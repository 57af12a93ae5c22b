package io.surstream.models.unet;

import static io.surstream.models.RandomWeights.distance;
import static io.surstream.models.RandomWeights.normal;
import static io.surstream.models.RandomWeights.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.Configs;
import io.surstream.models.ModelException;
import io.surstream.models.RandomWeights;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UNet2DConditionModelTest {
    private static final String SMALL = "{'block_out_channels': [8, 16], 'norm_num_groups': 4, 'attention_head_dim': 2,"
            + " 'down_block_types': ['CrossAttnDownBlock2D', 'DownBlock2D'],"
            + " 'up_block_types': ['UpBlock2D', 'CrossAttnUpBlock2D'], 'cross_attention_dim': 12}";

    private final Random random = new Random(3);
    private final FloatTensor sample = normal(random, 2, 4, 5, 7);
    private final FloatTensor states = normal(random, 2, 3, 12);
    private final LongTensor timesteps = LongTensor.of(new long[] {981, 20}, 2);

    private static UNet2DConditionModel small(String changes, DType dtype) {
        UNet2DConfig config = UNet2DConfig.from(Configs.of(SMALL, changes));
        return UNet2DConditionModel.of(
                config, RandomWeights.of(UNetWeights.of(config), 1), "random", dtype, TorchDevice.CPU);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'mid_block_type': null}",
                "{'mid_block_type': 'UNetMidBlock2D'}",
                "{'layers_per_block': [1, 3]}",
                "{'transformer_layers_per_block': [2, 3], 'use_linear_projection': true}",
                "{'attention_head_dim': [1, 16], 'norm_num_groups': 8}",
                "{'down_block_types': ['DownBlock2D', 'CrossAttnDownBlock2D'],"
                        + " 'up_block_types': ['CrossAttnUpBlock2D', 'UpBlock2D']}",
                "{'downsample_padding': 0, 'flip_sin_to_cos': false, 'freq_shift': 1, 'act_fn': 'mish'}",
                "{'conv_in_kernel': 5, 'conv_out_kernel': 1, 'out_channels': 3, 'time_embedding_dim': 24}",
                "{'block_out_channels': [12], 'down_block_types': ['CrossAttnDownBlock2D'],"
                        + " 'up_block_types': ['UpBlock2D']}",
                "{'block_out_channels': [8, 12, 16], 'down_block_types':"
                        + " ['DownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D'], 'up_block_types':"
                        + " ['CrossAttnUpBlock2D', 'UpBlock2D', 'CrossAttnUpBlock2D']}"
            })
    void each_shape_of_network_gives_a_model_output_of_the_samples_size(String changes) {
        try (UNet2DConditionModel unet = small(changes, DType.FP32)) {
            FloatTensor out = unet.forward(sample, timesteps, states);
            assertArrayEquals(new long[] {2, unet.config().outChannels(), 5, 7}, out.shape());
            FloatTensor alone = unet.forward(row(sample, 1), LongTensor.scalar(20), row(states, 1));
            assertTrue(distance(row(out, 1), alone) < 1e-4, "a row must not depend on its batch mates");
        }
    }

    @Test
    void text_steers_the_output_through_cross_attention() {
        try (UNet2DConditionModel unet = small("{}", DType.FP32)) {
            FloatTensor other = unet.forward(sample, timesteps, normal(random, 2, 3, 12));
            assertTrue(distance(unet.forward(sample, timesteps, states), other) > 1e-3);
        }
    }

    @Test
    void bf16_stays_near_fp32() {
        try (UNet2DConditionModel exact = small("{}", DType.FP32);
                UNet2DConditionModel rough = small("{}", DType.BF16)) {
            double error = distance(exact.forward(sample, timesteps, states), rough.forward(sample, timesteps, states));
            assertTrue(error > 0 && error < 0.1, "differs by " + error);
        }
    }

    @Test
    void a_fractional_timestep_lies_between_its_neighbours() {
        try (UNet2DConditionModel unet = small("{}", DType.FP32)) {
            FloatTensor at = unet.forward(sample, FloatTensor.scalar(500.5f), states);
            FloatTensor before = unet.forward(sample, LongTensor.scalar(500), states);
            FloatTensor behind = unet.forward(sample, LongTensor.scalar(501), states);
            assertTrue(distance(at, before) > 0);
            assertTrue(distance(at, before) < 2 * distance(behind, before));
        }
    }

    @Test
    void inputs_of_another_shape_are_refused_and_the_next_forward_runs() {
        try (UNet2DConditionModel unet = small("{}", DType.FP32)) {
            ModelException e = assertThrows(
                    ModelException.class, () -> unet.forward(normal(random, 2, 3, 5, 7), timesteps, states));
            assertEquals("sample has shape [2, 3, 5, 7] but must have [any, 4, any, any]", e.getMessage());
            assertThrows(ModelException.class, () -> unet.forward(sample, timesteps, normal(random, 2, 3, 11)));
            assertThrows(ModelException.class, () -> unet.forward(sample, timesteps, normal(random, 1, 3, 12)));
            LongTensor three = LongTensor.of(new long[3], 3);
            assertThrows(ModelException.class, () -> unet.forward(sample, three, states));
            assertEquals(sample.size(), unet.forward(sample, timesteps, states).size());
        }
    }

    @Test
    void added_conditions_steer_a_network_that_takes_them_and_are_asked_for_by_name() {
        String sdxl = "{'addition_embed_type': 'text_time', 'addition_time_embed_dim': 3,"
                + " 'projection_class_embeddings_input_dim': 11}";
        FloatTensor pooled = normal(random, 2, 5);
        LongTensor sizes = LongTensor.of(new long[] {64, 32, 32, 64}, 2, 2);
        try (UNet2DConditionModel unet = small(sdxl, DType.FP32);
                UNet2DConditionModel without = small("{}", DType.FP32)) {
            FloatTensor out = unet.forward(sample, timesteps, states, pooled, sizes);
            FloatTensor others =
                    unet.forward(sample, timesteps, states, pooled, LongTensor.of(new long[] {64, 32, 32, 65}, 2, 2));
            assertEquals(0, distance(row(out, 0), row(others, 0)));
            assertTrue(distance(row(out, 1), row(others, 1)) > 1e-5);
            assertEquals(
                    "this network takes text_embeds and time_ids but got 0 added tensors",
                    assertThrows(ModelException.class, () -> unet.forward(sample, timesteps, states))
                            .getMessage());
            assertThrows(ModelException.class, () -> without.forward(sample, timesteps, states, pooled, sizes));
            FloatTensor wide = normal(random, 2, 6);
            assertThrows(ModelException.class, () -> unet.forward(sample, timesteps, states, wide, sizes));
            LongTensor one = LongTensor.of(new long[2], 2, 1);
            assertThrows(ModelException.class, () -> unet.forward(sample, timesteps, states, pooled, one));
        }
    }

    @Test
    void after_close_a_forward_is_refused() {
        UNet2DConditionModel unet = small("{}", DType.FP32);
        unet.close();
        assertThrows(IllegalStateException.class, () -> unet.forward(sample, timesteps, states));
    }
}
