package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.opentelemetry.proto.trace.v1.Span;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampleRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One house that sends its traces here and logs as JSON, our own classes at DEBUG, which includes every line of the default. */
class TracesAndLogsIT {
    /** In every prompt here, and nowhere else. */
    private static final String SECRET = "zebrafinch";

    private static final String PROMPT = "1 star, red, " + SECRET;
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    @TempDir
    static Path data;

    private static TraceCollector collector;
    private static Deployment deployment;
    private static JsonLog log;

    @BeforeAll
    static void start() {
        collector = new TraceCollector();
        Map<String, String> settings = new HashMap<>(collector.settings());
        settings.put("surstream.telemetry.json-logs", "true");
        settings.put("quarkus.log.category.\"io.surstream\".level", "DEBUG");
        deployment = Deployment.up(data, settings);
        log = JsonLog.of(deployment);
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    void a_prompt_over_http_is_one_trace_from_the_request_to_the_stored_image_and_back_to_the_gateway() {
        String job = postedAndDone();
        String key = deployment.store().list("images/" + job + "/").get(0).key();

        Span stored = collector.await(
                span -> TraceCollector.attribute(span, "aws.s3.key").equals(key)
                        && span.getName().equals("object storage write"));
        Span seen =
                collector.await(span -> span.getName().equals("surstream.images.sampled process") && isOf(job, span));

        List<String> toTheSampler = List.of(
                "POST /v1/jobs",
                "surstream.prompts.submitted publish",
                "surstream.prompts.submitted process",
                "surstream.prompts.encoded publish",
                "surstream.prompts.encoded process");
        assertEquals(and(toTheSampler, "store", "object storage write"), collector.path(stored));
        assertEquals(
                and(toTheSampler, "surstream.images.sampled publish", "surstream.images.sampled process"),
                collector.path(seen));
        Set<String> traces = collector.spans().stream()
                .filter(span -> isOf(job, span))
                .map(TraceCollector::traceId)
                .collect(Collectors.toSet());
        assertEquals(Set.of(TraceCollector.traceId(stored)), traces);
        assertTrue(deployment.store().find(key).isPresent());
    }

    @Test
    void what_encoder_and_sampler_do_for_a_job_are_parts_of_its_trace() {
        String job = postedAndDone();
        Span handled = collector.await(span -> span.getName().equals("surstream.prompts.encoded process")
                && isOf(job, span)
                && group(span).equals("image-sampler"));
        List<Span> trace = collector.trace(TraceCollector.traceId(handled));

        Span denoise = part(trace, "denoise");
        assertEquals(
                List.of("2", "1", "64", "64"),
                Stream.of("surstream.steps", "surstream.images", "surstream.height", "surstream.width")
                        .map(name -> TraceCollector.attribute(denoise, name))
                        .toList());
        for (String part : List.of("text-condition", "denoise", "decode", "store")) {
            assertEquals(handled.getSpanId(), part(trace, part).getParentSpanId(), part);
        }
        assertEquals("1", TraceCollector.attribute(part(trace, "store"), "surstream.images"));
        assertFalse(TraceCollector.attribute(part(trace, "clip"), "surstream.batch.size")
                .isEmpty());
        assertFalse(TraceCollector.attribute(part(trace, "adapter"), "surstream.adapter.revision")
                .isEmpty());
    }

    private static Span part(List<Span> trace, String name) {
        return trace.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        name + " in " + trace.stream().map(Span::getName).toList()));
    }

    @Test
    void a_log_line_is_a_json_object_with_the_job_and_its_trace() {
        String job = postedAndDone();
        Span sampling = collector.await(span -> span.getName().equals("surstream.prompts.encoded process")
                && isOf(job, span)
                && group(span).equals("image-sampler"));

        JsonNode line = log.await(job, "job " + job + ": IMAGES");

        assertEquals(
                TraceCollector.traceId(sampling),
                line.path("mdc").path("traceId").asText(),
                line.toString());
        assertFalse(line.path("mdc").path("spanId").asText().isEmpty(), line.toString());
    }

    @Test
    void a_scrape_as_open_metrics_names_traces_that_the_collector_has() {
        postedAndDone();

        String scraped = deployment.rest().openMetrics();

        // a sample keeps its example for some seconds: it may be another test's image
        Set<String> denoised = Exemplars.traces(scraped, "surstream_sampler_denoise_seconds_count");
        assertFalse(denoised.isEmpty(), scraped);
        denoised.forEach(named -> collector.await(span ->
                span.getName().equals("denoise") && TraceCollector.traceId(span).equals(named)));
        Exemplars.traces(scraped)
                .forEach(named ->
                        collector.await(span -> TraceCollector.traceId(span).equals(named)));
    }

    @Test
    void log_lines_of_a_grpc_request_carry_its_job_and_its_trace() {
        PromptSubmitted job = TestModel.job().setPrompt(PROMPT).build();
        ManagedChannel channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", deployment.process().port())
                .usePlaintext()
                .build();
        try {
            EncodedPrompt encoded = PromptEncoderGrpc.newBlockingStub(channel).encode(job);
            ImageSamplerGrpc.newBlockingStub(channel)
                    .sample(SampleRequest.newBuilder()
                            .setPrompt(encoded)
                            .setJobId(job.getJobId())
                            .build())
                    .forEachRemaining(update -> {});
        } finally {
            channel.shutdownNow();
        }

        requireGrpcLine(job.getJobId(), "a request is encoded");
        requireGrpcLine(job.getJobId(), "a request is answered, images: 1");
    }

    private static void requireGrpcLine(String job, String message) {
        JsonNode line = log.await(job, message);
        String trace = line.at("/mdc/traceId").asText();
        collector.await(span -> isOf(job, span) && TraceCollector.traceId(span).equals(trace));
        assertFalse(line.toString().contains(SECRET), line.toString());
    }

    @Test
    void nobody_registers_a_meter_twice() {
        assertEquals(
                List.of(),
                log.lines().filter(line -> line.contains("already registered")).toList());
    }

    @Test
    void prompt_text_is_in_no_log_line_and_no_span_whatever_becomes_of_the_prompt() {
        postedAndDone();
        refusedByTheGateway();
        refusedByTheEncoder();
        givenUpByTheSampler();
        List<byte[]> torn = Stream.of(
                        "{\"prompt\":\"" + PROMPT + "\", \"promt\":\"" + PROMPT + "\"}",
                        "{\"prompt\":{\"" + PROMPT + "\":1}}",
                        "{\"sampling\":{\"seed\":\"" + PROMPT + "\"}}",
                        "{\"sampling\":\"" + PROMPT + "\"}",
                        "{\"prompt\":\"" + PROMPT)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        torn.forEach(value -> deployment.kafka().publish("prompts.submitted", "torn", value, JSON));
        torn.forEach(deployment.kafka()::awaitDeadLetter);

        String said = log.lines().collect(Collectors.joining("\n"));
        assertTrue(said.contains("dead letter surstream.prompts.submitted"), said);
        assertTrue(said.contains("dead letter surstream.prompts.encoded"), said);
        assertEquals(
                List.of(), said.lines().filter(line -> line.contains(SECRET)).toList());
        assertFalse(
                deployment.process().output().contains(SECRET),
                deployment.process().output());
        assertEquals(
                List.of(),
                collector.spans().stream()
                        .filter(span -> span.toString().contains(SECRET))
                        .toList());
    }

    private static String postedAndDone() {
        var accepted = deployment.rest().post("{\"prompt\":\"" + PROMPT + "\",\"steps\":2,\"seed\":7}", null);
        assertEquals(202, accepted.statusCode(), accepted.body());
        String id = RestEdge.json(accepted.body()).path("id").asText();
        assertEquals("SUCCEEDED", deployment.rest().awaitEnd(id).path("state").asText());
        return id;
    }

    private static void refusedByTheGateway() {
        Stream.of(
                        "{\"prompt\":\"" + PROMPT + "\",\"steps\":0}",
                        "{\"prompt\":\"" + PROMPT + "\",\"promt\":\"" + PROMPT + "\"}",
                        "{\"prompt\":[\"" + PROMPT + "\"]}",
                        "{\"prompt\":\"" + PROMPT)
                .forEach(body -> {
                    int status = deployment.rest().post(body, null).statusCode();
                    assertTrue(status >= 400 && status < 500, body + " gave " + status);
                });
    }

    private static void refusedByTheEncoder() {
        PromptSubmitted job = TestModel.job()
                .setPrompt(PROMPT)
                .setSampling(TestModel.few().setScheduler(PROMPT))
                .build();
        deployment.kafka().submit(job);
        assertTrue(deployment.kafka().awaitEnd(job.getJobId()).hasFailure());
    }

    private static void givenUpByTheSampler() {
        String id = TestModel.job().getJobId();
        PromptEncoded event = PromptEncoded.newBuilder()
                .setJobId(id)
                .setEncoded(EncodedPrompt.newBuilder().setPrompt(PROMPT))
                .build();
        deployment.kafka().publish("prompts.encoded", id, event.toByteArray(), KafkaEdge.cloudEvent(event));
        assertTrue(deployment.kafka().awaitEnd(id).hasFailure());
    }

    private static String group(Span span) {
        return TraceCollector.attribute(span, "messaging.consumer.group.name");
    }

    private static boolean isOf(String job, Span span) {
        return TraceCollector.attribute(span, "surstream.job.id").equals(job);
    }

    private static List<String> and(List<String> first, String... then) {
        return Stream.concat(first.stream(), Stream.of(then)).toList();
    }
}
