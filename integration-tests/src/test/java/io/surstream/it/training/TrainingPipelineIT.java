package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.observability.ExposedMetrics;
import io.surstream.it.observability.ImportTrace;
import io.surstream.it.observability.RunTrace;
import io.surstream.it.observability.TraceCollector;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.TestModel;
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
class TrainingPipelineIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path data;

    @Test
    void a_dataset_becomes_the_adapter_that_prompts_are_answered_with() throws Exception {
        try (TraceCollector collector = new TraceCollector();
                Deployment deployment = Deployment.up(data, settings(collector))) {
            CheckpointPublished checkpoint = new TrainingPipeline(deployment).walk();

            requireServed(deployment, checkpoint);
            assertEquals(0, deployment.kafka().deadLetters());
            RunTrace.require(collector, TrainingPipeline.RUN, TrainingPipeline.DATASET, TrainingPipeline.EXAMPLES);
            RunTrace.requireFailed(collector, deployment, TrainingPipeline.DATASET);
            ImportTrace.requireOfCallerWhoLeaves(collector, deployment.process().port());
            ExposedMetrics.requireAllOf(deployment);
            deployment.command("doctor");
        }
    }

    private static Map<String, String> settings(TraceCollector collector) {
        Map<String, String> settings = new HashMap<>(TrainingPipeline.QUICK_EVALUATION);
        settings.putAll(collector.settings());
        return settings;
    }

    private static void requireServed(Deployment deployment, CheckpointPublished checkpoint) throws IOException {
        Awaitility.await("the encoder has swapped")
                .atMost(LIMIT)
                .until(() -> drawn(deployment, "").getAdapterRevision().equals(checkpoint.getRevision()));

        SampledImages live = drawn(deployment, "live");
        SampledImages none = drawn(deployment, "none");

        assertEquals(checkpoint.getRevision(), live.getAdapterRevision());
        assertEquals(checkpoint.getAdapterWeight(), live.getAdapterWeight());
        assertEquals("none", none.getAdapterRevision());
        assertEquals(0, none.getAdapterWeight());
        assertFalse(Arrays.equals(pixels(deployment, live), pixels(deployment, none)), "same prompt, same seed");
    }

    private static SampledImages drawn(Deployment deployment, String adapter) {
        PromptSubmitted job = TestModel.job()
                .setAdapter(AdapterChoice.newBuilder().setAdapter(adapter))
                .build();
        deployment.kafka().submit(job);
        ImageSampled end = deployment.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasImages(), end.toString());
        return end.getImages();
    }

    private static int[] pixels(Deployment deployment, SampledImages images) throws IOException {
        byte[] png = deployment.store().get(images.getImages(0).getObject().getKey());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
