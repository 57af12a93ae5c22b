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
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One fleet of processes through its life: both roads, scaling, an upgrade, a disaster. The store it uses is in its displayed name. */
@DisplayNameGeneration(StoreInName.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class ServicesApartIT {
    private static final List<String> ROAD_ONE = List.of("gateway", "prompt-encoder", "image-sampler");
    private static final List<String> ROAD_TWO = List.of("curator", "llm-teacher", "trainer", "evaluator");

    @TempDir
    static Path data;

    private static LogSearch logs;
    private static Fleet fleet;
    private static CheckpointPublished checkpoint;

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
        ROAD_ONE.forEach(fleet::add);
        ROAD_TWO.forEach(fleet::add);
        fleet.add("prompt-encoder");
        fleet.add("image-sampler");
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

    @Test
    @Order(1)
    void both_pipelines_run_in_processes_that_share_nothing_but_kafka_and_the_store() throws Exception {
        PromptSubmitted job = TestModel.job().setPrompt(Marked.PROMPT).build();
        fleet.kafka().submit(job);
        ImageSampled end = fleet.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasImages(), end::toString);
        RestEdge gateway = new RestEdge(fleet.all("gateway").get(0));
        assertEquals("SUCCEEDED", gateway.awaitEnd(job.getJobId()).path("state").asText());

        checkpoint = new TrainingPipeline(fleet).walk();

        fleet.all("prompt-encoder").forEach(encoder -> new EncoderEdge(encoder).awaitLive(checkpoint.getRevision()));
        assertEquals(0, fleet.kafka().deadLetters());
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
        try (ExampleLoad examples = new ExampleLoad(fleet);
                RunLoad runs = new RunLoad(fleet, checkpoint)) {
            examples.awaitSomeImported();
            fleet.restart("curator");
            examples.awaitSomeTaught();
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
        assertEquals(0, fleet.kafka().deadLetters());
    }

    @Test
    @Order(4)
    void scaling_the_encoders_up_and_down_while_prompts_flow_loses_none_and_doubles_none() throws Exception {
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
        fleet.stop(ROAD_TWO);
        try (Visitors visitors = new Visitors(() -> fleet.all("gateway"));
                OpenStream stream =
                        OpenStream.toEncoder(fleet.all("prompt-encoder").get(0))) {
            visitors.awaitMore(2);
            for (String service : ROAD_ONE) {
                fleet.roll(service);
                visitors.awaitMore(2);
            }
            visitors.leave();
            stream.requireFarewell();
        }
        assertEquals(0, fleet.kafka().deadLetters());
    }

    @Test
    @Order(6)
    void backup_brings_back_job_states_the_promoted_adapter_and_prompts_that_waited_after_kafka_and_store_are_lost()
            throws Exception {
        String revision = fleet.command("adapters", "import", "playground", "--name", "drill", "--weight", "0.5")
                .strip();
        fleet.command("adapters", "promote", revision, "--reason", "drill");
        new EncoderEdge(fleet.all("prompt-encoder").get(0)).awaitLive(revision);
        String drawn = accepted();
        gateway().awaitEnd(drawn);
        byte[] picture = gateway().bytes("/v1/jobs/" + drawn + "/images/0").body();
        fleet.scale("image-sampler", 0);
        String encoded = accepted();
        gateway().awaitState(encoded, "ENCODED");
        fleet.scale("prompt-encoder", 0);
        String submitted = accepted();
        gateway().awaitState(submitted, "SUBMITTED");

        fleet.command("backup", data.resolve("backup").toString());
        fleet.stop(ROAD_ONE);
        fleet.losePlatform();
        fleet.startPlatform();
        fleet.awaitPlatform();
        fleet.command("restore", data.resolve("backup").toString());
        ROAD_ONE.forEach(fleet::add);
        fleet.awaitReady();

        assertEquals("SUCCEEDED", gateway().awaitEnd(drawn).path("state").asText());
        assertArrayEquals(
                picture, gateway().bytes("/v1/jobs/" + drawn + "/images/0").body());
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

    @Test
    @Order(7)
    void no_process_said_a_password_a_secret_key_or_what_people_wrote() {
        assertFalse(logs.linesWith(List.of("run rolled: ")).isEmpty(), "nothing was read");

        assertEquals(List.of(), logs.linesWith(fleet.secrets()));
        assertEquals(List.of(), logs.linesWith(List.of(Marked.WORD)));
        assertEquals(List.of(), logs.linesWith(captions()));
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
        assertTrue(captions.size() > 100, captions::toString);
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
