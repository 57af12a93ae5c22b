package io.surstream.models.vae;

import static io.surstream.models.RandomWeights.distance;
import static io.surstream.models.RandomWeights.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.models.Configs;
import io.surstream.models.ModelException;
import io.surstream.models.RandomWeights;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderTest {
    private static final String SMALL = "{'block_out_channels': [8, 12], 'norm_num_groups': 4}";

    private final Random random = new Random(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'mid_block_add_attention': false, 'use_quant_conv': false, 'use_post_quant_conv': false}",
                "{'latent_channels': 16, 'layers_per_block': 3, 'act_fn': 'mish'}",
                "{'block_out_channels': [8], 'in_channels': 1, 'out_channels': 1}"
            })
    void each_shape_of_network_encodes_and_decodes(String changes) {
        AutoencoderKLConfig config = AutoencoderKLConfig.from(Configs.of(SMALL, changes));
        MemoryWeights weights = RandomWeights.of(AutoencoderKLWeights.of(config), 2);
        try (AutoencoderKL vae = AutoencoderKL.of(config, weights, "random", DType.FP32, TorchDevice.CPU)) {
            int scale = vae.downscale();
            FloatTensor image = normal(random, 1, config.inChannels(), 6, 8);
            LatentDistribution latents = vae.encode(image);
            long[] shape = {1, config.latentChannels(), 6 / scale, 8 / scale};
            assertArrayEquals(shape, latents.mean().shape());
            assertArrayEquals(shape, latents.std().shape());
            assertEquals(latents.mean(), latents.sample(FloatTensor.zeros(shape)));
            assertArrayEquals(
                    new long[] {1, config.outChannels(), 6, 8},
                    vae.decode(latents.mean()).shape());
        }
    }

    @Test
    void the_older_spelling_of_the_attention_gives_the_same_image() {
        AutoencoderKLConfig config = AutoencoderKLConfig.from(Configs.of(SMALL));
        Map<String, FloatTensor> today = RandomWeights.tensors(AutoencoderKLWeights.of(config), 2);
        Map<String, FloatTensor> older = new LinkedHashMap<>();
        today.forEach((name, tensor) -> older.put(
                name.replace(".to_q.", ".query.")
                        .replace(".to_k.", ".key.")
                        .replace(".to_v.", ".value.")
                        .replace(".to_out.0.", ".proj_attn."),
                tensor));
        FloatTensor latents = normal(random, 1, 4, 3, 3);
        try (AutoencoderKL a = AutoencoderKL.of(config, MemoryWeights.of(today), "a", DType.FP32, TorchDevice.CPU);
                AutoencoderKL b = AutoencoderKL.of(config, MemoryWeights.of(older), "b", DType.FP32, TorchDevice.CPU)) {
            assertEquals(a.decode(latents), b.decode(latents));
        }
    }

    @Test
    void bf16_stays_near_fp32() {
        Path folder = Golden.folder("models/sd1-small/vae");
        FloatTensor latents = normal(random, 1, 4, 4, 4);
        try (Autoencoder exact = Autoencoder.load(folder, DType.FP32, TorchDevice.CPU);
                Autoencoder rough = Autoencoder.load(folder, DType.BF16, TorchDevice.CPU)) {
            double error = distance(exact.decode(latents), rough.decode(latents));
            assertTrue(error > 0 && error < 0.2, "differs by " + error);
        }
    }

    @Test
    void latents_of_a_pipeline_are_divided_by_the_scaling_factor() {
        try (Autoencoder vae = Autoencoder.load(Golden.folder("models/sd1-small/vae"), DType.FP32, TorchDevice.CPU)) {
            FloatTensor scaled = FloatTensor.of(new float[] {0.18215f, -0.3643f}, 1, 2);
            assertTrue(distance(FloatTensor.of(new float[] {1, -2}, 1, 2), vae.unscale(scaled)) < 1e-6);
        }
    }

    @Test
    void taesd_in_its_original_files_decodes_as_in_diffusers_layout(@TempDir Path folder) throws IOException {
        String real = "vae-tiny-real";
        assumeTrue(Golden.shared(real).isPresent(), () -> Golden.absent(real));
        Path diffusers = Golden.shared(real).get().resolve("vae");
        original(diffusers, folder);
        FloatTensor latents = normal(random, 1, 4, 3, 4);
        FloatTensor image = normal(random, 1, 3, 16, 24);
        try (AutoencoderTiny a = AutoencoderTiny.load(diffusers, DType.FP32, TorchDevice.CPU);
                Autoencoder b = Autoencoder.load(folder, DType.FP32, TorchDevice.CPU)) {
            assertEquals(a.decode(latents), b.decode(latents));
            assertEquals(a.encode(image), ((AutoencoderTiny) b).encode(image));
            assertEquals(8, b.downscale());
        }
    }

    /** Writes the two files as TAESD's authors name their tensors. */
    private static void original(Path diffusers, Path folder) throws IOException {
        Map<String, FloatTensor> encoder = new LinkedHashMap<>();
        Map<String, FloatTensor> decoder = new LinkedHashMap<>();
        Weights weights = Checkpoint.open(diffusers);
        for (String name : weights.names()) {
            String rest = name.substring("encoder.layers.".length());
            int dot = rest.indexOf('.');
            int layer = Integer.parseInt(rest.substring(0, dot));
            FloatTensor tensor = weights.get(name).toFloat();
            if (name.startsWith("encoder")) {
                encoder.put(rest, tensor);
            } else {
                decoder.put(layer + 1 + rest.substring(dot), tensor);
            }
        }
        SafetensorsWriter.write(folder.resolve("taesd_encoder.safetensors"), encoder, Map.of(), DType.FP16);
        SafetensorsWriter.write(folder.resolve("taesd_decoder.safetensors"), decoder, Map.of(), DType.FP16);
    }

    @Test
    void a_folder_of_another_class_is_refused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"_class_name\": \"VQModel\"}");
        ModelException e =
                assertThrows(ModelException.class, () -> Autoencoder.load(folder, DType.FP32, TorchDevice.CPU));
        assertTrue(e.getMessage().contains("_class_name is \"VQModel\"; supported: AutoencoderKL, AutoencoderTiny"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'down_block_types': ['AttnDownEncoderBlock2D', 'DownEncoderBlock2D']} | down_block_types is",
                "{'up_block_types': ['UpDecoderBlock2D']} | up_block_types is [\"UpDecoderBlock2D\"]; supported: 2",
                "{'latents_mean': [0.5]} | latents_mean is [0.5]; supported: null",
                "{'scaling_factor': 0} | scaling_factor is 0; supported: any number but 0",
                "{'norm_num_groups': 5} | norm_num_groups is 5; supported: divisors",
                "{'act_fn': 'elu'} | act_fn is \"elu\"; supported: silu"
            })
    void what_is_not_supported_is_refused_by_name_and_value(String changes, String message) {
        ModelException e =
                assertThrows(ModelException.class, () -> AutoencoderKLConfig.from(Configs.of(SMALL, changes)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'upsample_fn': 'bilinear'} | upsample_fn is \"bilinear\"; supported: nearest",
                "{'encoder_block_out_channels': [64, 32, 64, 64]} | supported: the same width on every level",
                "{'num_decoder_blocks': [3, 0, 3, 1]} | num_decoder_blocks is [3,0,3,1]; supported: whole numbers 1.."
            })
    void a_tiny_autoencoder_of_another_kind_is_refused(String changes, String message) {
        ModelException e = assertThrows(ModelException.class, () -> AutoencoderTinyConfig.from(Configs.of(changes)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
