package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.surstream.it.observability.Exemplars;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.SharedDeployment;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SampleUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Road 1 through one running house. */
class InferencePipelineIT {
    private static Deployment deployment;

    @BeforeAll
    static void start() {
        deployment = SharedDeployment.get();
    }

    @Test
    void deployment_says_that_it_is_ready_in_exactly_one_line() {
        assertEquals("SurStream is ready: " + deployment.process().url("") + "\n", SharedDeployment.startOutput());
    }

    @Test
    void event_on_kafka_becomes_an_image_in_the_store_and_is_announced() {
        PromptSubmitted job = TestModel.job().build();

        deployment.kafka().submit(job);

        ImageSampled end = deployment.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasImages(), end.toString());
        byte[] png = deployment.store().get(object(end).getKey());
        assertEquals(object(end).getSize(), png.length);
        assertTrue(text(png).contains("parameters\0" + job.getPrompt()), "the text chunk holds the prompt");
        assertTrue(text(png).contains("Seed: 7"), "the text chunk holds the seed");
    }

    @Test
    void json_from_a_script_is_accepted_as_an_event() {
        String jobId = TestModel.job().getJobId();
        String json = "{\"jobId\":\"" + jobId
                + "\",\"prompt\":\"1 star, red\",\"sampling\":{\"numInferenceSteps\":2,\"seed\":\"3\"}}";

        deployment
                .kafka()
                .publish(
                        "prompts.submitted",
                        jobId,
                        json.getBytes(StandardCharsets.UTF_8),
                        Map.of("content-type", "application/json"));

        ImageSampled end = deployment.kafka().awaitEnd(jobId);
        assertEquals(3, end.getImages().getImages(0).getSeed(), end.toString());
    }

    @Test
    void rest_request_becomes_an_image_and_server_sent_events_tell_its_way() {
        var accepted = deployment.rest().post("{\"prompt\":\"1 star, red\",\"steps\":3,\"seed\":7}", null);

        assertEquals(202, accepted.statusCode(), accepted.body());
        String id = RestEdge.json(accepted.body()).path("id").asText();
        String events = deployment.rest().get("/v1/jobs/" + id + "/events").body();
        assertTrue(events.contains("\"SUCCEEDED\""), events);
        JsonNode job = deployment.rest().awaitEnd(id);
        assertEquals("SUCCEEDED", job.path("state").asText(), job.toString());
        var image = deployment.rest().bytes("/v1/jobs/" + id + "/images/0");
        assertEquals("image/png", image.headers().firstValue("Content-Type").orElse(""));
        assertTrue(text(image.body()).startsWith("\u0089PNG"));
    }

    @Test
    void grpc_gives_the_same_image_as_kafka() {
        PromptSubmitted job = TestModel.job().build();
        deployment.kafka().submit(job);
        ManagedChannel channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", deployment.process().port())
                .usePlaintext()
                .build();
        try {
            EncodedPrompt encoded = PromptEncoderGrpc.newBlockingStub(channel).encode(job);
            List<SampleUpdate> updates = new ArrayList<>();
            ImageSamplerGrpc.newBlockingStub(channel)
                    .sample(SampleRequest.newBuilder().setPrompt(encoded).build())
                    .forEachRemaining(updates::add);

            byte[] direct = updates.get(updates.size() - 1).getImage().getPng().toByteArray();
            ImageSampled end = deployment.kafka().awaitEnd(job.getJobId());
            assertArrayEquals(deployment.store().get(object(end).getKey()), direct);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void without_a_collector_no_measurement_names_a_trace() {
        PromptSubmitted job = TestModel.job().build();
        deployment.kafka().submit(job);
        deployment.kafka().awaitEnd(job.getJobId());

        String scraped = deployment.rest().openMetrics();

        assertTrue(scraped.contains("surstream_sampler_images_total"), scraped);
        assertEquals(Set.of(), Exemplars.traces(scraped));
    }

    @Test
    void duplicate_submission_is_one_job_with_one_image_set() {
        PromptSubmitted job = TestModel.job().build();
        PromptSubmitted other = TestModel.job().build();

        deployment.kafka().submit(job);
        deployment.kafka().submit(job);
        ImageSampled first = deployment.kafka().awaitEnd(job.getJobId());
        deployment.kafka().submit(job.toBuilder().setPrompt("4 star, green").build());
        deployment.kafka().submit(other);
        deployment.kafka().awaitEnd(other.getJobId());

        deployment.kafka().ends(job.getJobId()).stream()
                .filter(end -> end.getRequestSha256().equals(first.getRequestSha256()))
                .forEach(end -> assertEquals(object(first), object(end)));
        assertEquals(
                object(first).getSha256(),
                deployment
                        .rest()
                        .awaitEnd(job.getJobId())
                        .path("images")
                        .path(0)
                        .path("sha256")
                        .asText(),
                "another prompt under the same id does not change what the job shows");
    }

    @Test
    void same_idempotency_key_is_one_job() {
        String body = "{\"prompt\":\"1 star, red\",\"steps\":2,\"seed\":1}";

        var first = deployment.rest().post(body, "key-1");
        var second = deployment.rest().post(body, "key-1");

        assertEquals(202, first.statusCode(), first.body());
        assertEquals(200, second.statusCode(), second.body());
        assertEquals(
                RestEdge.json(first.body()).path("id"),
                RestEdge.json(second.body()).path("id"));
    }

    @Test
    void cancelled_job_ends_cancelled_and_leaves_no_image() {
        PromptSubmitted job = TestModel.job()
                .setSampling(TestModel.many().setNumInferenceSteps(1000))
                .build();
        deployment.kafka().submit(job);
        deployment.kafka().awaitStep(job.getJobId(), 1);

        var answer = deployment.rest().delete("/v1/jobs/" + job.getJobId());

        assertEquals(202, answer.statusCode(), answer.body());
        ImageSampled end = deployment.kafka().awaitEnd(job.getJobId());
        assertTrue(end.hasCancelled(), end.toString());
        assertTrue(deployment.store().list("images/" + job.getJobId() + "/").stream()
                .noneMatch(object -> object.key().endsWith(".png")));
    }

    private static ObjectReference object(ImageSampled end) {
        assertEquals(1, end.getImages().getImagesCount(), end.toString());
        return end.getImages().getImages(0).getObject();
    }

    private static String text(byte[] png) {
        return new String(png, StandardCharsets.ISO_8859_1);
    }
}
