package io.surstream.evaluation.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.evaluation.measure.LatentFeatures;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.Sampling;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchPainterTest {
    private static final List<PaintRequest> REQUESTS = List.of(
            new PaintRequest("2 heart, blue, side by side, white background, flat", 7),
            new PaintRequest("a pair of stars the colour of grass", 8),
            new PaintRequest("1 circle, red, alone, night sky, outlined", 9));

    private static PaintingModel model;

    @BeforeAll
    static void load() {
        model = PaintingModel.load(ModelResolver.standard(Map.of()).resolve("playground"), DType.FP32, TorchDevice.CPU);
    }

    @AfterAll
    static void free() {
        model.close();
    }

    @Test
    void images_of_a_batch_are_those_drawn_alone_but_for_rounding() {
        Sampling sampling = model.sampling(
                SamplingSettings.newBuilder().setNumInferenceSteps(4).build());
        ImagePainter painter = model.painter(sampling, Optional.empty());

        List<RgbImage> together = painter.paint(REQUESTS);

        for (int i = 0; i < REQUESTS.size(); i++) {
            RgbImage alone = painter.paint(List.of(REQUESTS.get(i))).get(0);
            for (int p = 0; p < alone.rgb().length; p++) {
                int difference = (alone.rgb()[p] & 0xff) - (together.get(i).rgb()[p] & 0xff);
                assertTrue(Math.abs(difference) <= 1, "image " + i + " differs by " + difference);
            }
        }
        assertTrue(painter.paint(List.of()).isEmpty());
    }

    @Test
    void features_average_each_channel_over_a_grid() {
        double[] features = new LatentFeatures(model.autoencoder()).of(new RgbImage(64, 64, new byte[64 * 64 * 3]));

        assertEquals(4 * 16, features.length);
    }
}
