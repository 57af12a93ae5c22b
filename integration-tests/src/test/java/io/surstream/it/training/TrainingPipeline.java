package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Parser;
import io.surstream.contract.Sha256;
import io.surstream.it.processes.Installation;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.TopicReader;
import io.surstream.modelstore.tensors.TensorReader;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TrainingProgressed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Road 2 as a person walks it, from scenes to the adapter that is live, with a look at what lies by the wayside. */
public final class TrainingPipeline {
    /** The evaluator's settings that keep the walk short. */
    public static final Map<String, String> QUICK_EVALUATION = Map.of(
            "surstream.evaluator.prompts", "20",
            "surstream.evaluator.control-prompts", "20",
            "surstream.evaluator.steps", "2",
            "surstream.evaluator.resamples", "100",
            "surstream.evaluator.promotion", "off");

    private static final Duration LIMIT = Duration.ofMinutes(3);
    static final int EXAMPLES = 64;
    private static final int STEPS = 4;
    static final String DATASET = "scenes";
    static final String RUN = "first";

    private final Installation deployment;

    /** @param deployment that has not walked this road yet */
    public TrainingPipeline(Installation deployment) {
        this.deployment = deployment;
    }

    /** @return the checkpoint that is live now */
    public CheckpointPublished walk() {
        deployment.command("dataset", "import", "playground:" + EXAMPLES + "?seed=7", "--dataset", DATASET);
        List<ExampleCurated> examples = events("examples.curated", ExampleCurated.parser(), EXAMPLES, example -> true);
        examples.forEach(example -> stored(example.getImage()));
        PromptEmbedded embedded = requireEmbedded(examples);

        deployment.command(training());
        requireCompleted();
        CheckpointPublished checkpoint = events(
                        "checkpoints.published", CheckpointPublished.parser(), 1, published -> published
                                .getRunId()
                                .equals(RUN))
                .get(0);
        assertEquals(embedded.getTeacher(), checkpoint.getTeacher());
        requireWhole(checkpoint);
        requireEvaluated(checkpoint);

        deployment.command("adapters", "promote", checkpoint.getRevision(), "--reason", "tried");
        requirePromoted(checkpoint);
        return checkpoint;
    }

    private static String[] training() {
        List<String> arguments = new ArrayList<>(List.of("train", "start", "--dataset", DATASET, "--run", RUN));
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
    private PromptEmbedded requireEmbedded(List<ExampleCurated> examples) {
        Set<String> sentences =
                examples.stream().map(ExampleCurated::getSimplePrompt).collect(Collectors.toSet());

        List<PromptEmbedded> embedded =
                events("examples.embedded", PromptEmbedded.parser(), sentences.size(), any -> true);

        assertEquals(sentences, embedded.stream().map(PromptEmbedded::getPrompt).collect(Collectors.toSet()));
        PromptEmbedded first = embedded.get(0);
        // Reads only tensors whose content fits their shape and is finite.
        TensorReader tensors = new TensorReader(deployment.store());
        for (PromptEmbedded one : embedded) {
            assertEquals(first.getTeacher(), one.getTeacher());
            assertArrayEquals(
                    tensors.read("first", first.getEmbedding()).shape(),
                    tensors.read(one.getPrompt(), one.getEmbedding()).shape());
        }
        return first;
    }

    private void requireCompleted() {
        try (TopicReader reader = deployment.topic("training.progressed")) {
            TrainingProgressed end = null;
            for (var record : reader.all(record -> RUN.equals(record.key()))) {
                end = TopicReader.event(TrainingProgressed.parser(), record);
            }
            assertEquals(TrainingProgressed.State.COMPLETED, end.getState(), end.toString());
            assertEquals(STEPS, end.getGlobalStep());
            assertEquals(0, end.getSkippedSteps());
        }
    }

    /** The manifest and every file it lists. */
    private void requireWhole(CheckpointPublished checkpoint) {
        assertEquals(STEPS, checkpoint.getGlobalStep());
        assertTrue(checkpoint.getFinal());
        String adapter = checkpoint.getAdapter().getSha256();
        assertTrue(adapter.startsWith(checkpoint.getRevision()), checkpoint::toString);
        stored(checkpoint.getAdapter());
        String manifest = checkpoint.getManifest().getKey();
        JsonNode files = RestEdge.json(new String(stored(checkpoint.getManifest()), StandardCharsets.UTF_8))
                .path("files");
        assertEquals(adapter, files.path("adapter.safetensors").path("sha256").asText());
        files.properties().forEach(file -> {
            String key = manifest.substring(0, manifest.lastIndexOf('/') + 1) + file.getKey();
            assertEquals(
                    file.getValue().path("sha256").asText(),
                    Sha256.of(deployment.store().get(key)),
                    key);
        });
    }

    private void requireEvaluated(CheckpointPublished checkpoint) {
        CheckpointEvaluated evaluated = events(
                        "checkpoints.evaluated", CheckpointEvaluated.parser(), 1, event -> event.getCheckpoint()
                                .equals(checkpoint))
                .get(0);

        assertTrue(evaluated.hasReport(), evaluated.toString());
        assertFalse(evaluated.getReport().getCategoriesList().isEmpty());
        stored(evaluated.getReport().getDocument());
        stored(evaluated.getReport().getContactSheet());
    }

    private void requirePromoted(CheckpointPublished checkpoint) {
        AdapterPromoted promoted = events("adapters.promoted", AdapterPromoted.parser(), 1, event -> event.getAdapter()
                        .equals(checkpoint.getAdapter()))
                .get(0);
        assertEquals("live", promoted.getChannel());
    }

    private byte[] stored(ObjectReference object) {
        byte[] content = deployment.store().get(object.getKey());
        assertEquals(object.getSize(), content.length, object.getKey());
        assertEquals(object.getSha256(), Sha256.of(content), object.getKey());
        return content;
    }

    /** Exactly so many events that fit, waiting for them. */
    private <T> List<T> events(String topic, Parser<T> parser, int count, Predicate<T> fits) {
        List<T> events = new ArrayList<>();
        try (TopicReader reader = deployment.topic(topic)) {
            Predicate<ConsumerRecord<String, byte[]>> wanted = record -> fits.test(TopicReader.event(parser, record));
            for (var record : reader.await(count, wanted, LIMIT)) {
                events.add(TopicReader.event(parser, record));
            }
        }
        assertEquals(count, events.size(), topic);
        return events;
    }
}
