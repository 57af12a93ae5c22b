package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Fleet;
import io.surstream.it.processes.LogSearch;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.StoreInName;
import io.surstream.it.processes.TestModel;
import io.surstream.it.processes.TopicReader;
import io.surstream.it.training.TrainingPipeline;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios of an installation whose services are processes of their own: both pipelines, restarts, scaling, an upgrade, a disaster. They
 * share one fleet, and each brings it into the state it needs, so any of them can run or fail alone; their order only saves
 * starts. The displayed name contains the store.
 */
@DisplayNameGeneration(StoreInName.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class ServicesApartIT {
    private static final List<String> INFERENCE = List.of("gateway", "prompt-encoder", "image-sampler");
    private static final Map<String, Integer> INFERENCE_ONLY =
            Map.of("gateway", 1, "prompt-encoder", 2, "image-sampler", 2);
    private static final Map<String, Integer> ALL = Stream.concat(
                    INFERENCE_ONLY.entrySet().stream(),
                    Stream.of("curator", "llm-teacher", "trainer", "evaluator").map(service -> Map.entry(service, 1)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    private static final Set<String> CAPTIONS = new HashSet<>();

    @TempDir
    static Path data;

    private static LogSearch logs;
    private static Fleet fleet;
    private static CheckpointPublished checkpoint;

    private int deadLettersBefore;

    /** The services first: the order does not matter. */
    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(TrainingPipeline.QUICK_EVALUATION);
        // A trainer is to be restarted soon after its first steps.
        settings.put("surstream.trainer.progress-interval", "200ms");
        // Which includes every line of the default.
        settings.put("quarkus.log.category.\"io.surstream\".level", "DEBUG");
        logs = LogSearch.fromNow();
        fleet = new Fleet(data, settings);
        ALL.forEach((service, count) -> {
            for (int i = 0; i < count; i++) {
                fleet.add(service);
            }
        });
        fleet.startPlatform();
        fleet.awaitPlatform();
        fleet.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
    }

    @BeforeEach
    void countDeadLetters() {
        deadLettersBefore = fleet.kafka().deadLetters();
    }

    private void requireNoDeadLetters() {
        assertEquals(deadLettersBefore, fleet.kafka().deadLetters());
    }

    /** No process has written a password, a secret key or what people wrote. */
    @AfterEach
    void requireNothingSecretInLogs() {
        CAPTIONS.addAll(captions());
        assertEquals(List.of(), logs.linesWith(fleet.secrets()));
        assertEquals(List.of(), logs.linesWith(List.of(Marked.WORD)));
        assertEquals(List.of(), logs.linesWith(CAPTIONS));
    }

    /** A checkpoint that the training pipeline has made, once for all scenarios. */
    private static CheckpointPublished checkpoint() {
        if (checkpoint == null) {
            checkpoint = new TrainingPipeline(fleet).walk();
        }
        return checkpoint;
    }

    @Test
    @Order(1)
    void both_pipelines_run_in_processes_that_share_nothing_but_kafka_and_the_store() throws Exception {
        fleet.arrange(ALL);
        PromptSubmitted job = TestModel.job().setPrompt(Marked.PROMPT).build();
        fleet.kafka().submit(job);
        ImageSampled end = fleet.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasImages(), end::toString);
        RestEdge gateway = new RestEdge(fleet.all("gateway").get(0));
        assertEquals("SUCCEEDED", gateway.awaitEnd(job.getJobId()).path("state").asText());

        String revision = checkpoint().getRevision();

        fleet.all("prompt-encoder").forEach(encoder -> new EncoderEdge(encoder).awaitLive(revision));
        requireNoDeadLetters();
    }

    @Test
    @Order(2)
    void who_signs_in_as_one_service_gets_nothing_of_the_others() {
        try (Admin sampler = Admin.create(fleet.login().as("image-sampler"))) {
            ExecutionException refused = assertThrows(
                    ExecutionException.class, () -> sampler.describeTopics(List.of("surstream.prompts.submitted"))
                            .allTopicNames()
                            .get());
            assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
        }
    }

    @Test
    @Order(3)
    void restarting_every_service_of_the_training_pipeline_at_work_fails_no_call_loses_nothing_and_does_nothing_twice()
            throws Exception {
        fleet.arrange(ALL);
        CheckpointPublished known = checkpoint();
        try (ExampleLoad examples = new ExampleLoad(fleet);
                RunLoad runs = new RunLoad(fleet, known)) {
            examples.awaitSomeImported();
            fleet.restart("curator");
            examples.awaitSomeEmbedded();
            try (OpenStream stream =
                    OpenStream.toTeacher(fleet.all("llm-teacher").get(0))) {
                fleet.restart("llm-teacher");
                stream.requireFarewell();
            }
            runs.beginRun();
            fleet.restart("trainer");
            runs.awaitLastCheckpoint();
            fleet.restart("evaluator");

            examples.requireEachOnce();
            runs.requireTrainedAsUndisturbed();
            runs.requireEvaluatedOnce();
        }
        requireNoDeadLetters();
        assertFalse(logs.linesWith(List.of("run rolled: ")).isEmpty(), "the logs that are searched tell of the run");
        assertTrue(captions().size() > 100, "imported captions");
    }

    @Test
    @Order(4)
    void scaling_the_encoders_up_and_down_while_prompts_flow_loses_none_and_doubles_none() throws Exception {
        fleet.arrange(INFERENCE_ONLY);
        ConsumerGroup encoders = new ConsumerGroup(fleet.login().as("autoscaler"), "prompt-encoder");
        fleet.scale("prompt-encoder", 1);
        try (PromptFlow prompts = new PromptFlow(fleet.login())) {
            fleet.scale("prompt-encoder", 3);
            encoders.awaitWorkers(3);
            fleet.scale("prompt-encoder", 1);
            encoders.awaitWorkers(1);

            prompts.requireEachExactlyOnce(fleet);
        }
    }

    @Test
    @Order(5)
    void rolling_every_service_of_the_inference_pipeline_under_load_fails_no_request() throws Exception {
        fleet.arrange(INFERENCE_ONLY);
        try (Visitors visitors = new Visitors(() -> fleet.all("gateway"));
                OpenStream stream =
                        OpenStream.toEncoder(fleet.all("prompt-encoder").get(0))) {
            visitors.awaitMore(2);
            for (String service : INFERENCE) {
                fleet.roll(service);
                visitors.awaitMore(2);
            }
            visitors.leave();
            stream.requireFarewell();
        }
        requireNoDeadLetters();
    }

    @Test
    @Order(6)
    void backup_brings_back_job_states_the_promoted_adapter_and_prompts_that_waited_after_kafka_and_store_are_lost()
            throws Exception {
        fleet.arrange(INFERENCE_ONLY);
        String revision = fleet.command("adapters", "import", "playground", "--name", "drill", "--weight", "0.5")
                .strip();
        fleet.command("adapters", "promote", revision, "--reason", "drill");
        new EncoderEdge(fleet.all("prompt-encoder").get(0)).awaitLive(revision);
        String drawn = accepted();
        gateway().awaitEnd(drawn);
        byte[] image = gateway().bytes("/v1/jobs/" + drawn + "/images/0").body();
        fleet.scale("image-sampler", 0);
        String encoded = accepted();
        gateway().awaitState(encoded, "ENCODED");
        fleet.scale("prompt-encoder", 0);
        String submitted = accepted();
        gateway().awaitState(submitted, "SUBMITTED");

        fleet.command("backup", data.resolve("backup").toString());
        fleet.stop(INFERENCE);
        fleet.losePlatform();
        fleet.startPlatform();
        fleet.awaitPlatform();
        fleet.command("restore", data.resolve("backup").toString());
        INFERENCE.forEach(fleet::add);
        fleet.awaitReady();

        assertEquals("SUCCEEDED", gateway().awaitEnd(drawn).path("state").asText());
        assertArrayEquals(
                image, gateway().bytes("/v1/jobs/" + drawn + "/images/0").body());
        new EncoderEdge(fleet.all("prompt-encoder").get(0)).awaitLive(revision);
        assertEquals("SUCCEEDED", gateway().awaitEnd(encoded).path("state").asText());
        assertEquals("SUCCEEDED", gateway().awaitEnd(submitted).path("state").asText());
        assertEquals(Stream.of(encoded, submitted).sorted().toList(), ends(), "nothing that was done is done again");
    }

    /** The jobs that have ended since Kafka holds anything: each end's name, in order. */
    private static List<String> ends() {
        try (TopicReader sampled = fleet.topic("images.sampled")) {
            return sampled.all(record -> true).stream()
                    .map(ConsumerRecord::key)
                    .sorted()
                    .toList();
        }
    }

    /** Every sentence and keyword prompt that was imported. */
    private static Set<String> captions() {
        Set<String> captions = new HashSet<>();
        try (TopicReader curated = fleet.topic("examples.curated")) {
            for (var record : curated.all(record -> true)) {
                ExampleCurated example = TopicReader.event(ExampleCurated.parser(), record);
                captions.addAll(List.of(example.getSimplePrompt(), example.getComplexPrompt()));
            }
        }
        return captions;
    }

    private static RestEdge gateway() {
        return new RestEdge(fleet.all("gateway").get(0));
    }

    /** A new job by way of the gateway. */
    private static String accepted() {
        String request = "{\"prompt\": \"" + Marked.PROMPT + "\", \"num_inference_steps\": 2}";
        return RestEdge.json(gateway().post(request, null).body()).path("id").asText();
    }
}
