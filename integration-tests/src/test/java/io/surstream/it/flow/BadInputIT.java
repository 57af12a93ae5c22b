package io.surstream.it.flow;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.SharedDeployment;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal names what is wrong, and the next good job is served. */
class BadInputIT {
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

    private record Bad(String what, PromptSubmitted.Builder job, String field) {}

    private static Stream<Bad> badJobs() {
        return Stream.of(
                new Bad("empty prompt", TestModel.job().setPrompt(""), "prompt"),
                new Bad("100,000 characters", TestModel.job().setPrompt("word ".repeat(20_000)), "prompt"),
                new Bad("too many tokens", TestModel.job().setPrompt("star ".repeat(500)), "prompt"),
                new Bad("control characters", TestModel.job().setPrompt("a\u0000b\u0007"), "prompt"),
                new Bad("0 steps", steps(0), "num_inference_steps"),
                new Bad("-1 steps", steps(-1), "num_inference_steps"),
                new Bad("10^9 steps", steps(1_000_000_000), "num_inference_steps"),
                new Bad("height not divisible by 8", size(63, 64), "height"),
                new Bad("width beyond the limit", size(64, 1 << 20), "width"),
                new Bad("0 images", images(0), "num_images"),
                new Bad("10^6 images", images(1_000_000), "num_images"),
                new Bad("unknown scheduler", scheduler("magic"), "scheduler"),
                new Bad("NaN guidance", guidance(Float.NaN), "guidance_scale"),
                new Bad("infinite guidance", guidance(Float.POSITIVE_INFINITY), "guidance_scale"));
    }

    @TestFactory
    Stream<DynamicTest> bad_job_on_kafka_fails_with_the_field_and_the_next_good_one_is_served() {
        return badJobs().map(bad -> DynamicTest.dynamicTest(bad.what(), () -> refusedAndServed(bad)));
    }

    @TestFactory
    Stream<DynamicTest> bad_request_over_grpc_is_an_invalid_argument_and_names_the_field() {
        return badJobs()
                .map(bad -> DynamicTest.dynamicTest(bad.what(), () -> {
                    StatusRuntimeException error = assertThrows(
                            StatusRuntimeException.class,
                            () -> encoder.encode(bad.job().build()));

                    assertEquals(Status.Code.INVALID_ARGUMENT, error.getStatus().getCode(), error.toString());
                    Failure failure = FailureStatus.in(error).orElseThrow();
                    assertTrue(failure.getField().endsWith(bad.field()), failure.toString());
                    assertTrue(encoder.encode(TestModel.job().build()).hasPromptEmbeds());
                }));
    }

    private static void refusedAndServed(Bad bad) {
        PromptSubmitted good = TestModel.job().build();

        deployment.kafka().submit(bad.job().build());
        deployment.kafka().submit(good);

        ImageSampled end = deployment.kafka().awaitEnd(bad.job().getJobId());
        Failure failure = end.getFailure();
        assertAll(
                () -> assertTrue(end.hasFailure(), end.toString()),
                () -> assertTrue(failure.getField().endsWith(bad.field()), failure.toString()),
                () -> assertFalse(failure.getType().isBlank(), failure.toString()),
                () -> assertFalse(failure.getMessage().isBlank(), failure.toString()),
                () -> assertFalse(failure.getMessage().contains("\tat "), failure.toString()));
        assertTrue(deployment.kafka().awaitEnd(good.getJobId()).hasImages());
    }

    private record Poison(String what, byte[] value, Map<String, String> headers) {}

    @TestFactory
    Stream<DynamicTest> poison_record_goes_to_the_dead_letters_and_the_stream_goes_on() {
        byte[] noise = {(byte) 0xff, 0x00, 0x13, 0x37};
        PromptSubmitted job = TestModel.job().build();
        Map<String, String> right = KafkaEdge.cloudEvent(job);
        return Stream.of(
                        new Poison("no protobuf", noise, right),
                        new Poison(
                                "unknown type", job.toByteArray(), with(right, "ce_type", "surstream.v9.PromptSung")),
                        new Poison(
                                "unknown version",
                                TestModel.job().build().toByteArray(),
                                with(right, "ce_specversion", "7.0")),
                        new Poison("a prompt that is not UTF-8", new byte[] {0x12, 2, (byte) 0xc3, 0x28}, right),
                        new Poison("no headers", TestModel.job().build().toByteArray(), Map.of()),
                        new Poison(
                                "JSON that is not the schema",
                                "{\"promt\": 1}".getBytes(StandardCharsets.UTF_8),
                                Map.of("content-type", "application/json")),
                        new Poison(
                                "JSON that is not UTF-8",
                                "{\"prompt\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
                                Map.of("content-type", "application/json")))
                .map(poison -> DynamicTest.dynamicTest(poison.what(), () -> letterAndServed(poison)));
    }

    private static void letterAndServed(Poison poison) {
        PromptSubmitted good = TestModel.job().build();

        deployment.kafka().publish("prompts.submitted", "poison", poison.value(), poison.headers());
        deployment.kafka().submit(good);

        Map<String, String> headers = deployment.kafka().awaitDeadLetter(poison.value());
        assertTrue(
                headers.values().stream().anyMatch(value -> value.contains("prompts.submitted")), headers.toString());
        assertTrue(deployment.kafka().awaitEnd(good.getJobId()).hasImages());
    }

    @TestFactory
    Stream<DynamicTest> bad_request_is_answered_with_400_and_names_the_field() {
        return Map.of(
                        "{\"prompt\":\"\"}", "prompt",
                        "{\"prompt\":\"a\\u0000b\"}", "prompt",
                        "{\"prompt\":\"a\",\"steps\":-1}", "steps",
                        "{\"prompt\":\"a\",\"steps\":0}", "steps",
                        "{\"prompt\":\"a\",\"steps\":1000000000}", "steps",
                        "{\"prompt\":\"a\",\"height\":63}", "height",
                        "{\"prompt\":\"a\",\"scheduler\":\"magic\"}", "scheduler",
                        "{\"prompt\":\"a\",\"guidance_scale\":\"NaN\"}", "guidance_scale",
                        "{\"prompt\":\"a\",\"promt\":1}", "promt",
                        "{\"prompt\":", "")
                .entrySet()
                .stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> {
                    var answer = deployment.rest().post(bad.getKey(), null);

                    assertEquals(400, answer.statusCode(), answer.body());
                    assertTrue(answer.body().contains(bad.getValue()), answer.body());
                }));
    }

    @Test
    void long_prompt_and_a_body_that_is_not_utf8_are_answered_with_400() {
        var tooLong = deployment.rest().post("{\"prompt\":\"" + "word ".repeat(20_000) + "\"}", null);
        var latin1 = deployment.rest().post("{\"prompt\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(400, tooLong.statusCode(), tooLong.body());
        assertTrue(tooLong.body().contains("prompt"), tooLong.body());
        assertEquals(400, latin1.statusCode(), latin1.body());
        assertFalse(latin1.body().contains("\tat "), latin1.body());
    }

    @Test
    void unknown_job_is_not_found() {
        assertEquals(404, deployment.rest().get("/v1/jobs/nobody-knows-it").statusCode());
    }

    private static PromptSubmitted.Builder steps(int steps) {
        return TestModel.job().setSampling(TestModel.few().setNumInferenceSteps(steps));
    }

    private static PromptSubmitted.Builder size(int height, int width) {
        return TestModel.job().setSampling(TestModel.few().setHeight(height).setWidth(width));
    }

    private static PromptSubmitted.Builder images(int images) {
        return TestModel.job().setSampling(TestModel.few().setNumImages(images));
    }

    private static PromptSubmitted.Builder scheduler(String name) {
        return TestModel.job().setSampling(TestModel.few().setScheduler(name));
    }

    private static PromptSubmitted.Builder guidance(float scale) {
        return TestModel.job().setSampling(TestModel.few().setGuidanceScale(scale));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new java.util.HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }
}
