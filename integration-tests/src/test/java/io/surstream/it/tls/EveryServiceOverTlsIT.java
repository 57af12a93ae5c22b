package io.surstream.it.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.EvaluatorGrpc;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SampleUpdate;
import io.surstream.v1.Services;
import io.surstream.v1.TrainerGrpc;
import io.surstream.v1.WatchRunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every other service that answers callers, with Kafka and store, all by TLS and with the variables of deploy/compose.tls.yaml:
 * whoever has the role is served, others are told who may. The curator has {@link MutualTlsIT}.
 */
@Tag("long")
class EveryServiceOverTlsIT {
    private static final Map<String, String> SERVED_BY = Map.of(
            "PromptEncoder", "prompt-encoder",
            "ImageSampler", "image-sampler",
            "LlmTeacher", "llm-teacher",
            "Trainer", "trainer",
            "Evaluator", "evaluator");

    @TempDir
    static Path folder;

    private static final Map<String, ServiceProcess> RUNNING = new TreeMap<>();
    private static TlsDeployment deployment;

    @BeforeAll
    static void start() throws IOException {
        deployment = new TlsDeployment(folder);
        for (String service : SERVED_BY.values()) {
            RUNNING.put(service, deployment.start(service));
        }
        RUNNING.put("gateway", deployment.start("gateway"));
        RUNNING.values().forEach(deployment::awaitReady);
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @Test
    void a_program_that_wants_images_has_them_encoded_and_drawn() {
        EncodedPrompt encoded =
                call("prompt-app", "prompt-encoder", channel -> PromptEncoderGrpc.newBlockingStub(channel)
                        .encode(TestModel.job().build()));
        List<SampleUpdate> updates = call("prompt-app", "image-sampler", channel -> {
            List<SampleUpdate> all = new ArrayList<>();
            ImageSamplerGrpc.newBlockingStub(channel)
                    .sample(SampleRequest.newBuilder().setPrompt(encoded).build())
                    .forEachRemaining(all::add);
            return all;
        });

        assertTrue(updates.get(updates.size() - 1).hasImage(), updates.toString());
    }

    @Test
    void a_program_that_wants_the_teachers_vectors_gets_them() {
        var vectors = call("embedding-app", "llm-teacher", channel -> LlmTeacherGrpc.newBlockingStub(channel)
                .embed(EmbedRequest.newBuilder().addPrompts("a red star").build()));

        assertEquals(1, vectors.getPromptsCount());
    }

    @Test
    void an_operator_is_answered_by_trainer_and_evaluator() {
        assertEquals(
                Status.Code.NOT_FOUND, refused("operator", "trainer", channel -> TrainerGrpc.newBlockingStub(channel)
                        .watchRun(WatchRunRequest.newBuilder().setRunId("none").build())
                        .hasNext()));
        assertEquals(
                Status.Code.INVALID_ARGUMENT,
                refused("operator", "evaluator", channel -> EvaluatorGrpc.newBlockingStub(channel)
                        .evaluate(CheckpointPublished.getDefaultInstance())));
    }

    @Test
    void a_service_may_call_no_other_and_every_method_says_so() {
        for (ServiceDescriptor service : Services.getDescriptor().getServices()) {
            if (!SERVED_BY.containsKey(service.getName())) {
                continue;
            }
            TlsCaller gateway = deployment.caller("gateway", RUNNING.get(SERVED_BY.get(service.getName())));
            for (MethodDescriptor method : service.getMethods()) {
                String name = service.getFullName() + "/" + method.getName();
                StatusRuntimeException refusal =
                        assertThrows(StatusRuntimeException.class, () -> gateway.callEmpty(name));

                assertEquals(Status.Code.PERMISSION_DENIED, refusal.getStatus().getCode(), name);
                assertTrue(
                        refusal.getMessage().contains("gateway, localhost may not call " + name), refusal.getMessage());
            }
        }
    }

    @Test
    void the_gateway_answers_https_to_anybody_and_nothing_else() throws Exception {
        ServiceProcess gateway = RUNNING.get("gateway");

        var accepted = TlsCaller.postJson(
                deployment.certificates(), gateway.port(), "/v1/jobs", "{\"prompt\": \"1 star, red, alone\"}");

        assertEquals(202, accepted.statusCode(), accepted.body());
        assertThrows(IOException.class, () -> TlsCaller.getUnencrypted(gateway.port(), "/v1/jobs"));
    }

    private static <T> T call(String caller, String service, Function<ManagedChannel, T> calls) {
        return deployment.caller(caller, RUNNING.get(service)).call(calls);
    }

    private static Status.Code refused(String caller, String service, Function<ManagedChannel, ?> calls) {
        return assertThrows(StatusRuntimeException.class, () -> call(caller, service, calls))
                .getStatus()
                .getCode();
    }
}
