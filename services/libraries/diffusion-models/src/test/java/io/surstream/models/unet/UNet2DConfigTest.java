package io.surstream.models.unet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.Configs;
import io.surstream.models.ModelException;
import io.surstream.models.unet.UNet2DConfig.MidBlock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNet2DConfigTest {
    @Test
    void the_few_fields_of_an_old_sd15_config_give_its_shape() {
        UNet2DConfig config = UNet2DConfig.from(Configs.of(
                "{'_class_name': 'UNet2DConditionModel', 'attention_head_dim': 8, 'cross_attention_dim': 768,"
                        + " 'sample_size': 64, 'block_out_channels': [320, 640, 1280, 1280]}"));
        assertEquals(List.of(8, 8, 8, 8), config.heads());
        assertEquals(List.of(768, 768, 768, 768), config.contextWidth());
        assertEquals(List.of(true, true, true, false), config.crossAttention());
        assertEquals(List.of(false, true, true, true), config.upCrossAttention());
        assertEquals(MidBlock.CROSS_ATTENTION, config.midBlock());
        assertEquals(1280, config.timeWidth());
        assertFalse(config.linearProjection());
        assertEquals(686, UNetWeights.of(config).asMap().size());
        assertEquals(
                859_520_964L,
                UNetWeights.of(config).asMap().values().stream()
                        .mapToLong(UNet2DConfigTest::size)
                        .sum());
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long length : shape) {
            size *= length;
        }
        return size;
    }

    @Test
    void sd2_gives_heads_per_level_and_projects_by_matrices() {
        UNet2DConfig config =
                UNet2DConfig.from(Configs.of("{'attention_head_dim': [5, 10, 20, 20], 'use_linear_projection': true,"
                        + " 'upcast_attention': true, 'only_cross_attention': [false, false, false, false]}"));
        assertEquals(List.of(5, 10, 20, 20), config.heads());
        assertTrue(config.linearProjection());
    }

    @Test
    void sdxl_joins_pooled_text_and_six_numbers_to_the_time_embedding() {
        UNet2DConfig config = UNet2DConfig.from(Configs.of("{'addition_embed_type': 'text_time',"
                + " 'addition_time_embed_dim': 256, 'projection_class_embeddings_input_dim': 2816}"));
        AddedConditions added = config.added().orElseThrow();
        assertEquals(6, added.timeIds(1280));
        assertEquals(0, added.timeIds(1281));
        assertEquals(0, added.timeIds(2816));
        assertArrayEquals(
                new long[] {1280, 2816}, UNetWeights.of(config).asMap().get("add_embedding.linear_1.weight"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'transformer_layers_per_block': 3} | [[3, 3], [3, 3]] | 3 | [[3, 3, 3], [3, 3, 3]]",
                "{'transformer_layers_per_block': [0, 2]} | [[0, 0], [2, 2]] | 2 | [[2, 2, 2], [0, 0, 0]]",
                "{'transformer_layers_per_block': [1, [4, 2]], 'reverse_transformer_layers_per_block': [[4, 4, 10], 1]}"
                        + " | [[1, 1], [4, 2]] | 4 | [[4, 4, 10], [1, 1, 1]]"
            })
    void transformer_depths_are_a_number_or_one_for_each_level_or_layer(
            String changes, String down, int mid, String up) {
        TransformerDepths depths = UNet2DConfig.from(Configs.of(
                        "{'block_out_channels': [32, 64], 'down_block_types': ['DownBlock2D', 'CrossAttnDownBlock2D'],"
                                + " 'up_block_types': ['CrossAttnUpBlock2D', 'UpBlock2D']}",
                        changes))
                .depths();
        assertEquals(down, depths.down().toString());
        assertEquals(mid, depths.mid());
        assertEquals(up, depths.up().toString());
    }

    @Test
    void a_null_mid_block_is_no_mid_block() {
        UNet2DConfig config = UNet2DConfig.from(Configs.of("{'mid_block_type': null}"));
        assertEquals(MidBlock.NONE, config.midBlock());
        assertTrue(UNetWeights.of(config).asMap().keySet().stream().noneMatch(n -> n.startsWith("mid_block")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'_class_name': 'UNet3DConditionModel'} | _class_name is \"UNet3DConditionModel\"; supported: UNet2D",
                "{'only_cross_attention': true} | only_cross_attention is true; supported: false",
                "{'only_cross_attention': [true, false, false, false]} | only_cross_attention is [true,false,false,false]",
                "{'dual_cross_attention': true} | dual_cross_attention is true; supported: false",
                "{'addition_embed_type': 'text'} | addition_embed_type is \"text\"; supported: null, text_time",
                "{'addition_embed_type': 'text_time'} | addition_time_embed_dim is absent; supported: a whole number",
                "{'addition_embed_type': 'text_time', 'addition_time_embed_dim': 8} | projection_class_embeddings_input_dim",
                "{'transformer_layers_per_block': [1, 2]} | transformer_layers_per_block is [1,2]; supported: 4 entries",
                "{'transformer_layers_per_block': [1, 1, 1, [1]]} | supported: lists with one number for each layer of a",
                "{'transformer_layers_per_block': -1} | transformer_layers_per_block is -1; supported: whole numbers 0..256",
                "{'reverse_transformer_layers_per_block': [1]} | reverse_transformer_layers_per_block is [1]; supported: 4",
                "{'class_embed_type': 'timestep'} | class_embed_type is \"timestep\"; supported: null",
                "{'num_attention_heads': 8} | num_attention_heads is 8; supported: null",
                "{'center_input_sample': true} | center_input_sample is true; supported: false",
                "{'mid_block_scale_factor': 2} | mid_block_scale_factor is 2; supported: 1",
                "{'resnet_time_scale_shift': 'scale_shift'} | resnet_time_scale_shift is \"scale_shift\"; supported: def",
                "{'time_embedding_type': 'fourier'} | time_embedding_type is \"fourier\"; supported: positional",
                "{'mid_block_type': 'UNetMidBlock2DSimpleCrossAttn'} | supported: UNetMidBlock2DCrossAttn, UNetMidBlock2D",
                "{'down_block_types': ['AttnDownBlock2D']} | down_block_types is [\"AttnDownBlock2D\"]; supported: a list of",
                "{'up_block_types': ['UpBlock2D']} | up_block_types is [\"UpBlock2D\"]; supported: 4 blocks",
                "{'act_fn': 'tanh'} | act_fn is \"tanh\"; supported: silu, swish, mish, gelu, relu",
                "{'attention_head_dim': [8, 8]} | attention_head_dim is [8,8]; supported: 4 numbers",
                "{'attention_head_dim': 7} | attention_head_dim is 7; supported: divisors",
                "{'attention_head_dim': 0} | attention_head_dim is 0; supported: whole numbers 1..",
                "{'norm_num_groups': 33} | norm_num_groups is 33; supported: divisors",
                "{'in_channels': -4} | in_channels is -4; supported: whole numbers 1..",
                "{'layers_per_block': 100000} | layers_per_block is 100000; supported: whole numbers 1..256",
                "{'block_out_channels': [8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8]} | supported: lists of up to 16 entries",
                "{'in_channels': 1e99} | in_channels is 1.0E99; supported: whole numbers 1..",
                "{'in_channels': 4.5} | in_channels is 4.5; supported: whole numbers 1..",
                "{'in_channels': 'four'} | in_channels is \"four\"; supported: whole numbers 1..",
                "{'block_out_channels': []} | block_out_channels is []; supported: a list",
                "{'block_out_channels': 320} | block_out_channels is 320; supported: a list",
                "{'conv_in_kernel': 4} | conv_in_kernel is 4; supported: odd numbers 1..31",
                "{'downsample_padding': 2} | downsample_padding is 2; supported: 0, 1",
                "{'norm_eps': 'small'} | norm_eps is \"small\"; supported: a number",
                "{'flip_sin_to_cos': 1} | flip_sin_to_cos is 1; supported: true or false",
                "{'transformer_layers_per_block': [[1, 2], 1, 1, 1]} | reverse_transformer_layers_per_block is absent"
            })
    void what_is_not_supported_is_refused_by_name_and_value(String changes, String message) {
        ModelException e = assertThrows(ModelException.class, () -> UNet2DConfig.from(Configs.of(changes)));
        assertTrue(e.getMessage().startsWith("config.json: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
