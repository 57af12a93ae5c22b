package io.surstream.training.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelFolder;
import io.surstream.models.image.RgbImage;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.models.vae.LatentDistribution;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.SmallModel;
import io.surstream.training.TrainingException;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.settings.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenFeaturesTest {
    private static final TrainingSettings SMALL = TrainingSettings.of(Map.of("resolution", 16));
    private static final RgbImage IMAGE = noise(20, 16);

    @TempDir
    Path folder;

    @Test
    void a_triples_latents_are_the_autoencoders_own_scaled() {
        // given
        ModelFolder model = SmallModel.folder();
        // when
        TrainingExample example = computed(model, SMALL, IMAGE);
        // then
        FloatTensor square = SquareImage.of(IMAGE, SMALL.images(), new byte[8]);
        try (AutoencoderKL vae = AutoencoderKL.load(model.component("vae"), DType.FP32, TorchDevice.CPU)) {
            LatentDistribution latents = vae.encode(square);
            float scale = (float) vae.scalingFactor();
            assertEquals(2, example.views().size());
            float[] mean = example.views().get(0).mean().data();
            for (int i = 0; i < mean.length; i++) {
                assertEquals(latents.mean().data()[i] * scale, mean[i], 1e-6);
                assertEquals(
                        latents.std().data()[i] * scale,
                        example.views().get(0).std().data()[i],
                        1e-6);
            }
        }
        assertNotEquals(example.views().get(0), example.views().get(1));
        assertNotEquals(example.simpleStates(), example.complexStates());
    }

    @Test
    void what_is_in_the_cache_is_not_computed_again_and_a_torn_file_is() throws IOException {
        // given
        ModelFolder model = SmallModel.folder();
        FeatureCache cache = new FeatureCache(folder);
        FeatureKeys keys = compute(model, SMALL, IMAGE, 3);
        // when, then
        assertEquals(keys, compute(model, SMALL, IMAGE, 0));
        TrainingExample before = cache.load(keys, Optional.empty());
        // when
        Path torn = cache.file(keys.image().orElseThrow());
        byte[] half = Arrays.copyOf(Files.readAllBytes(torn), 100);
        Files.delete(torn);
        Files.write(torn, half);
        // then
        assertThrows(TrainingException.class, () -> cache.load(keys, Optional.empty()));
        assertEquals(keys, compute(model, SMALL, IMAGE, 1));
        assertEquals(before, cache.load(keys, Optional.empty()));
    }

    @Test
    void other_settings_or_images_have_other_keys() {
        ModelFolder model = SmallModel.folder();
        FeatureKeys keys = compute(model, SMALL, IMAGE, 3);
        assertNotEquals(
                keys.image(),
                compute(model, TrainingSettings.of(Map.of("resolution", 16, "random_flip", false)), IMAGE, 1)
                        .image());
        assertNotEquals(keys.image(), compute(model, SMALL, noise(21, 16), 1).image());
    }

    @Test
    void without_denoising_no_image_is_needed() {
        TrainingSettings settings = TrainingSettings.of(Map.of("denoising_weight", 0));
        try (FrozenFeatures features =
                new FrozenFeatures(SmallModel.folder(), settings, TorchDevice.CPU, new FeatureCache(folder))) {
            assertEquals(
                    Optional.empty(),
                    features.compute("a cat", "cat, 8k", Optional.empty()).image());
        }
    }

    @Test
    void a_resolution_that_the_autoencoder_cannot_halve_is_refused() {
        TrainingSettings odd = TrainingSettings.of(Map.of("resolution", 17));
        var refusal = assertThrows(TrainingException.class, () -> computed(SmallModel.folder(), odd, noise(17, 17)));
        assertTrue(refusal.getMessage().contains("multiple of"), refusal.getMessage());
    }

    @Test
    void a_mirrored_image_mirrored_is_the_image() {
        FloatTensor image = SquareImage.of(IMAGE, SMALL.images(), new byte[8]);
        FloatTensor mirrored = SquareImage.mirrored(image);
        assertEquals(image.data()[0], mirrored.data()[15]);
        assertArrayEquals(image.data(), SquareImage.mirrored(mirrored).data());
    }

    private TrainingExample computed(ModelFolder model, TrainingSettings settings, RgbImage image) {
        return new FeatureCache(folder).load(compute(model, settings, image, 3), Optional.empty());
    }

    private FeatureKeys compute(ModelFolder model, TrainingSettings settings, RgbImage image, int expected) {
        try (FrozenFeatures features = new FrozenFeatures(model, settings, TorchDevice.CPU, new FeatureCache(folder))) {
            FeatureKeys keys = features.compute("a cat", "cat, 8k", Optional.of(image));
            assertEquals(expected, features.computed());
            return keys;
        }
    }

    private static RgbImage noise(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        new Random(height).nextBytes(rgb);
        return new RgbImage(height, width, rgb);
    }
}
