package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.House;
import io.surstream.it.processes.TestModel;
import io.surstream.it.sight.ExposedMetrics;
import io.surstream.it.sight.ImportTrace;
import io.surstream.it.sight.RunTrace;
import io.surstream.it.sight.TraceCollector;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampledImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Road 2 through one running house, to the adapter that prompts are answered with; then what an operator sees of it. */
class RoadTwoIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path data;

    @Test
    void a_dataset_becomes_the_adapter_that_prompts_are_answered_with() throws Exception {
        try (TraceCollector collector = new TraceCollector();
                House house = House.up(data, settings(collector))) {
            CheckpointPublished checkpoint = new RoadTwo(house).walk();

            requireServed(house, checkpoint);
            assertEquals(0, house.kafka().deadLetters());
            RunTrace.require(collector, RoadTwo.RUN, RoadTwo.DATASET, RoadTwo.EXAMPLES);
            RunTrace.requireFailed(collector, house, RoadTwo.DATASET);
            ImportTrace.requireOfCallerWhoLeaves(collector, house.process().port());
            ExposedMetrics.requireAllOf(house);
            house.command("doctor");
        }
    }

    private static Map<String, String> settings(TraceCollector collector) {
        Map<String, String> settings = new HashMap<>(RoadTwo.QUICK_EVALUATION);
        settings.putAll(collector.settings());
        return settings;
    }

    private static void requireServed(House house, CheckpointPublished checkpoint) throws IOException {
        Awaitility.await("the encoder has swapped")
                .atMost(LIMIT)
                .until(() -> drawn(house, "").getAdapterRevision().equals(checkpoint.getRevision()));

        SampledImages live = drawn(house, "live");
        SampledImages none = drawn(house, "none");

        assertEquals(checkpoint.getRevision(), live.getAdapterRevision());
        assertEquals(checkpoint.getAdapterWeight(), live.getAdapterWeight());
        assertEquals("none", none.getAdapterRevision());
        assertEquals(0, none.getAdapterWeight());
        assertFalse(Arrays.equals(pixels(house, live), pixels(house, none)), "same prompt, same seed");
    }

    private static SampledImages drawn(House house, String adapter) {
        PromptSubmitted job = TestModel.job()
                .setAdapter(AdapterChoice.newBuilder().setAdapter(adapter))
                .build();
        house.kafka().submit(job);
        ImageSampled end = house.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasImages(), end.toString());
        return end.getImages();
    }

    private static int[] pixels(House house, SampledImages images) throws IOException {
        byte[] png = house.store().get(images.getImages(0).getObject().getKey());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
