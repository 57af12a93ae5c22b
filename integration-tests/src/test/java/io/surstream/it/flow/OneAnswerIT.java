package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.RestEdge;
import io.surstream.it.processes.SharedDeployment;
import io.surstream.it.processes.TestModel;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A request gets the same answer over REST, Kafka (protobuf and JSON), gRPC and the command. */
class OneAnswerIT {
    private static final String FINE = "accepted";

    @TempDir
    static Path data;

    private static Deployment deployment;
    private static ManagedChannel channel;
    private static PromptEncoderGrpc.PromptEncoderBlockingStub encoder;

    @BeforeAll
    static void start() {
        deployment = SharedDeployment.get();
        channel = ManagedChannelBuilder.forAddress(
                        "127.0.0.1", deployment.process().port())
                .usePlaintext()
                .build();
        encoder = PromptEncoderGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void stop() {
        if (channel != null) {
            channel.shutdownNow();
        }
    }

    /**
     * @param json the request's fields as both JSON doors take them
     * @param event the same as protobuf
     * @param answer {@link #FINE}, or type and field of the refusal
     */
    private record Case(String json, PromptSubmitted event, String answer) {}

    private static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        SchedulerNames.all()
                .forEach(
                        name -> cases.add(sampling("\"scheduler\":\"" + name + "\"", s -> s.setScheduler(name), FINE)));
        cases.add(sampling("\"scheduler\":\"magic\"", s -> s.setScheduler("magic"), "UNKNOWN_SCHEDULER scheduler"));
        cases.add(
                sampling("\"guidance_scale\":-0.5", s -> s.setGuidanceScale(-0.5f), "INVALID_ARGUMENT guidance_scale"));
        cases.add(sampling(
                "\"guidance_scale\":\"NaN\"", s -> s.setGuidanceScale(Float.NaN), "INVALID_ARGUMENT guidance_scale"));
        cases.add(sampling("\"guidance_scale\":0", s -> s.setGuidanceScale(0), FINE));
        cases.add(sampling("\"guidance_scale\":100", s -> s.setGuidanceScale(100), FINE));
        cases.add(sampling("\"num_images\":17", s -> s.setNumImages(17), "INVALID_ARGUMENT num_images"));
        cases.add(sampling("\"height\":60", s -> s.setHeight(60), "INVALID_ARGUMENT height"));
        cases.add(sampling("\"width\":2056", s -> s.setWidth(2056), "INVALID_ARGUMENT width"));
        cases.add(sampling("\"seed\":18446744073709551615", s -> s.setSeed(-1), FINE));
        cases.add(prompt("🌟".repeat(6_000), FINE));
        cases.add(prompt("🌟".repeat(10_001), "PROMPT_TOO_LONG prompt"));
        cases.add(prompt("\\u0007", "INVALID_ARGUMENT prompt"));
        cases.add(prompt(" ", "INVALID_ARGUMENT prompt"));
        cases.add(adapter("\"adapter\":\"../etc\"", a -> a.setAdapter("../etc"), "INVALID_ARGUMENT adapter"));
        cases.add(adapter("\"adapter\":\"...\"", a -> a.setAdapter("..."), "INVALID_ARGUMENT adapter"));
        cases.add(adapter("\"adapter\":\"none\"", a -> a.setAdapter("none"), FINE));
        cases.add(adapter("\"adapter_weight\":1.5", a -> a.setAdapterWeight(1.5f), "INVALID_ARGUMENT adapter_weight"));
        cases.add(adapter(
                "\"adapter_weight\":\"Infinity\"",
                a -> a.setAdapterWeight(Float.POSITIVE_INFINITY),
                "INVALID_ARGUMENT adapter_weight"));
        return cases.stream();
    }

    @TestFactory
    Stream<DynamicTest> every_door_gives_one_answer() {
        return cases().map(one -> DynamicTest.dynamicTest(name(one), () -> {
            Map<String, String> answers = new LinkedHashMap<>();
            answers.put("REST", rest(one.json()));
            answers.put("Kafka protobuf", kafka(one.event()));
            answers.put("Kafka JSON", kafkaJson(one.json()));
            answers.put("gRPC", grpc(one.event()));

            Map<String, String> expected = new LinkedHashMap<>();
            answers.keySet().forEach(door -> expected.put(door, one.answer()));
            assertEquals(expected, answers);
        }));
    }

    @Test
    void the_command_gives_the_same_answer() {
        Map<String, List<String>> asked = Map.of(
                FINE,
                List.of("--scheduler", "dpmpp-2m-sde"),
                "INVALID_ARGUMENT guidance_scale",
                List.of("--guidance", "-0.5"),
                "UNKNOWN_SCHEDULER scheduler",
                List.of("--scheduler", "magic"));

        asked.forEach((answer, options) -> assertEquals(answer, command(options)));
    }

    /** A job that cannot have a name is no job: a dead letter is its end, and no view shows it. */
    @Test
    void a_job_id_of_dots_alone_names_no_job() {
        PromptSubmitted dots = TestModel.job().setJobId("...").build();
        PromptSubmitted good = TestModel.job().build();

        deployment.kafka().submit(dots);
        deployment.kafka().submit(good);

        deployment.kafka().awaitDeadLetter(dots.toByteArray());
        deployment.rest().awaitEnd(good.getJobId());
        assertEquals(404, deployment.rest().get("/v1/jobs/...").statusCode());
        assertEquals("INVALID_ARGUMENT job_id", grpc(dots));
    }

    private static String rest(String fields) {
        var answer = deployment.rest().post("{" + fields + "}", null);
        JsonNode body = RestEdge.json(answer.body());
        if (answer.statusCode() == 400) {
            JsonNode first = body.path("errors").path(0);
            return first.path("type").asText() + " " + first.path("field").asText();
        }
        JsonNode end = deployment.rest().awaitEnd(body.path("id").asText());
        JsonNode failure = end.path("failure");
        return end.path("state").asText().equals("SUCCEEDED")
                ? FINE
                : failure.path("type").asText() + " " + failure.path("field").asText();
    }

    private static String kafka(PromptSubmitted event) {
        deployment.kafka().submit(event);
        return end(event.getJobId());
    }

    private static String kafkaJson(String fields) {
        String id = "json-" + UUID.randomUUID();
        byte[] value = ("{\"job_id\":\"" + id + "\"," + fields + "}").getBytes(StandardCharsets.UTF_8);
        deployment.kafka().publish("prompts.submitted", id, value, Map.of("content-type", "application/json"));
        return end(id);
    }

    private static String end(String id) {
        ImageSampled end = deployment.kafka().awaitEnd(id);
        return end.hasImages() ? FINE : answer(end.getFailure());
    }

    private static String grpc(PromptSubmitted event) {
        try {
            encoder.encode(event);
            return FINE;
        } catch (StatusRuntimeException e) {
            return FailureStatus.in(e).map(OneAnswerIT::answer).orElse(e.toString());
        }
    }

    private static String command(List<String> options) {
        List<String> all = new ArrayList<>(List.of("submit", "a star", "--steps", "2", "--json"));
        all.addAll(List.of("--out", data.resolve("images").toString()));
        all.addAll(options);
        try {
            deployment.command(all.toArray(String[]::new));
            return FINE;
        } catch (AssertionError refused) {
            String said = refused.getMessage();
            JsonNode failure = RestEdge.json(said.lines()
                            .filter(line -> line.startsWith("{"))
                            .findFirst()
                            .orElse("{}"))
                    .path("failure");
            return failure.path("type").asText(said) + " "
                    + failure.path("field").asText();
        }
    }

    private static String answer(Failure failure) {
        return failure.getType() + " " + failure.getField();
    }

    private static Case sampling(String json, UnaryOperator<SamplingSettings.Builder> change, String answer) {
        return new Case(
                "\"prompt\":\"a star\",\"steps\":2," + json,
                star().setSampling(change.apply(SamplingSettings.newBuilder().setNumInferenceSteps(2)))
                        .build(),
                answer);
    }

    private static Case adapter(String json, UnaryOperator<AdapterChoice.Builder> change, String answer) {
        return new Case(
                "\"prompt\":\"a star\",\"steps\":2," + json,
                star().setAdapter(change.apply(AdapterChoice.newBuilder())).build(),
                answer);
    }

    /** @param text as JSON writes it */
    private static Case prompt(String text, String answer) {
        String plain = text.equals("\\u0007") ? "\u0007" : text;
        return new Case(
                "\"prompt\":\"" + text + "\",\"steps\":2,\"truncate\":true",
                star().setPrompt(plain).setTruncate(true).build(),
                answer);
    }

    private static PromptSubmitted.Builder star() {
        return TestModel.job()
                .setPrompt("a star")
                .setSampling(SamplingSettings.newBuilder().setNumInferenceSteps(2));
    }

    private static String name(Case one) {
        return one.json().length() <= 80 ? one.json() : one.json().substring(0, 80);
    }
}
