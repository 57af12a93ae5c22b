package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.surstream.it.processes.House;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.TestModel;
import io.surstream.it.processes.TopicReader;
import io.surstream.storage.Sha256;
import io.surstream.tensors.TensorReader;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.PromptTaught;
import io.surstream.v1.SampledImages;
import io.surstream.v1.TrainingProgressed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Road 2 through one running house, as a person walks it: from scenes to the adapter that prompts are answered with. */
class RoadTwoIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int EXAMPLES = 64;
    private static final int STEPS = 4;
    private static final Map<String, String> QUICK_EVALUATION = Map.of(
            "surstream.evaluator.prompts", "20",
            "surstream.evaluator.steps", "2",
            "surstream.evaluator.resamples", "100",
            "surstream.evaluator.promotion", "off");

    @TempDir
    Path data;

    @Test
    void a_dataset_becomes_the_adapter_that_prompts_are_answered_with() throws Exception {
        try (House house = House.up(data, QUICK_EVALUATION)) {
            house.command("dataset", "import", "playground:" + EXAMPLES + "?seed=7", "--dataset", "scenes");
            List<ExampleCurated> examples = events(house, "examples.curated", EXAMPLES, ExampleCurated.parser());
            examples.forEach(example -> stored(house, example.getImage()));
            PromptTaught taught = requireTaught(house, examples);

            house.command(training("scenes", "first"));
            requireCompleted(house);
            CheckpointPublished checkpoint = events(house, "checkpoints.published", 1, CheckpointPublished.parser())
                    .get(0);
            assertEquals(taught.getTeacher(), checkpoint.getTeacher());
            requireWhole(house, checkpoint);
            requireEvaluated(house, checkpoint);

            house.command("adapters", "promote", checkpoint.getRevision(), "--reason", "tried");
            AdapterPromoted promoted = events(house, "adapters.promoted", 1, AdapterPromoted.parser())
                    .get(0);
            assertEquals("live", promoted.getChannel());
            assertEquals(checkpoint.getAdapter(), promoted.getAdapter());
            requireServed(house, checkpoint);
            assertEquals(0, house.kafka().deadLetters());
        }
    }

    private static String[] training(String dataset, String run) {
        List<String> arguments = new ArrayList<>(List.of("train", "start", "--dataset", dataset, "--run", run));
        List.of(
                        "max_train_steps=" + STEPS,
                        "checkpointing_steps=" + STEPS,
                        "train_batch_size=4",
                        "gradient_accumulation_steps=1",
                        "learning_rate=1e-2",
                        "resolution=64")
                .forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments.toArray(String[]::new);
    }

    /** Each distinct sentence once, all by one teacher. */
    private static PromptTaught requireTaught(House house, List<ExampleCurated> examples)
            throws InvalidProtocolBufferException {
        Set<String> sentences =
                examples.stream().map(ExampleCurated::getSimplePrompt).collect(Collectors.toSet());

        List<PromptTaught> taught = events(house, "examples.taught", sentences.size(), PromptTaught.parser());

        assertEquals(sentences, taught.stream().map(PromptTaught::getPrompt).collect(Collectors.toSet()));
        PromptTaught first = taught.get(0);
        // Reads only tensors whose content fits their shape and is finite.
        TensorReader tensors = new TensorReader(house.store(), 0);
        for (PromptTaught one : taught) {
            assertEquals(first.getTeacher(), one.getTeacher());
            assertArrayEquals(
                    tensors.read("first", first.getEmbedding()).shape(),
                    tensors.read(one.getPrompt(), one.getEmbedding()).shape());
        }
        return first;
    }

    private static void requireCompleted(House house) throws InvalidProtocolBufferException {
        try (TopicReader reader = house.topic("training.progressed")) {
            TrainingProgressed end = null;
            for (var record : reader.all(record -> true)) {
                end = TrainingProgressed.parseFrom(record.value());
            }
            assertEquals(TrainingProgressed.State.COMPLETED, end.getState(), end.toString());
            assertEquals(STEPS, end.getGlobalStep());
            assertEquals(0, end.getSkippedSteps());
        }
    }

    /** The manifest and every file it lists. */
    private static void requireWhole(House house, CheckpointPublished checkpoint) {
        assertEquals(STEPS, checkpoint.getGlobalStep());
        assertTrue(checkpoint.getFinal());
        String adapter = checkpoint.getAdapter().getSha256();
        assertTrue(adapter.startsWith(checkpoint.getRevision()), checkpoint::toString);
        stored(house, checkpoint.getAdapter());
        String manifest = checkpoint.getManifest().getKey();
        JsonNode files = RestEdge.json(new String(stored(house, checkpoint.getManifest()), StandardCharsets.UTF_8))
                .path("files");
        assertEquals(adapter, files.path("adapter.safetensors").path("sha256").asText());
        files.properties().forEach(file -> {
            String key = manifest.substring(0, manifest.lastIndexOf('/') + 1) + file.getKey();
            assertEquals(
                    file.getValue().path("sha256").asText(),
                    Sha256.of(house.store().get(key)),
                    key);
        });
    }

    private static void requireEvaluated(House house, CheckpointPublished checkpoint)
            throws InvalidProtocolBufferException {
        CheckpointEvaluated evaluated = events(house, "checkpoints.evaluated", 1, CheckpointEvaluated.parser())
                .get(0);

        assertTrue(evaluated.hasReport(), evaluated.toString());
        assertEquals(checkpoint, evaluated.getCheckpoint());
        assertFalse(evaluated.getReport().getCategoriesList().isEmpty());
        stored(house, evaluated.getReport().getDocument());
        stored(house, evaluated.getReport().getContactSheet());
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
        byte[] png = stored(house, images.getImages(0).getObject());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static byte[] stored(House house, ObjectReference object) {
        byte[] content = house.store().get(object.getKey());
        assertEquals(object.getSize(), content.length, object.getKey());
        assertEquals(object.getSha256(), Sha256.of(content), object.getKey());
        return content;
    }

    private static <T> List<T> events(House house, String topic, int count, Parser<T> parser)
            throws InvalidProtocolBufferException {
        List<T> events = new ArrayList<>();
        try (TopicReader reader = house.topic(topic)) {
            for (var record : reader.await(count, any -> true, LIMIT)) {
                events.add(parser.parseFrom(record.value()));
            }
        }
        assertEquals(count, events.size(), topic);
        return events;
    }
}
