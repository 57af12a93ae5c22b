package io.surstream.teacher.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.models.ModelFolderException;
import io.surstream.models.llama.Pooling;
import io.surstream.teacher.SmallTeacher;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.embed.TeacherSource;
import io.surstream.teacher.validation.EmbedValidation;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EmbedResponse;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptEmbedded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmTeacherEndpointTest {
    @TempDir
    Path temp;

    private EmbedStage stage;
    private LlmTeacherEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        stage = SmallTeacher.in(temp.resolve("teacher"), new SimpleMeterRegistry());
        endpoint = new LlmTeacherEndpoint(new EmbedValidation(3), stage);
    }

    @AfterEach
    void close() {
        stage.source().close();
    }

    private static EmbedRequest.Builder prompts(String... prompts) {
        return EmbedRequest.newBuilder().addAllPrompts(Arrays.asList(prompts));
    }

    private Failure refusal(EmbedRequest.Builder request) {
        RecordedAnswers<EmbedResponse> answers = new RecordedAnswers<>();
        endpoint.embed(request.build(), answers);
        return FailureStatus.in(answers.error).orElseThrow();
    }

    @Test
    void prompts_are_answered_in_their_order() {
        RecordedAnswers<EmbedResponse> answers = new RecordedAnswers<>();

        endpoint.embed(prompts("a b", "c", "a b").build(), answers);

        List<PromptEmbedded> embedded = answers.values.get(0).getPromptsList();
        assertEquals(
                List.of("a b", "c", "a b"),
                embedded.stream().map(PromptEmbedded::getPrompt).toList());
        assertEquals(stage.choice(), embedded.get(0).getTeacher());
        assertTrue(answers.completed);
    }

    @Test
    void layer_and_pooling_may_be_chosen() {
        RecordedAnswers<EmbedResponse> answers = new RecordedAnswers<>();

        endpoint.embed(prompts("a b").setLayer(0).setPooling("tokens").build(), answers);

        PromptEmbedded embedded = answers.values.get(0).getPrompts(0);
        assertEquals(List.of(2L, 48L), embedded.getEmbedding().getShapeList());
        assertEquals(0, embedded.getTeacher().getLayer());
    }

    @Test
    void what_is_wrong_is_named_with_its_limit() {
        assertEquals("0..2", refusal(prompts("a").setLayer(3)).getLimit());
        assertEquals("UNKNOWN_LAYER", refusal(prompts("a").setLayer(-1)).getType());
        assertEquals("UNKNOWN_POOLING", refusal(prompts("a").setPooling("max")).getType());
        assertEquals("PROMPT_EMPTY", refusal(prompts("a", "")).getType());
        assertEquals("at most 3", refusal(prompts("a", "a", "a", "a")).getLimit());
        Failure tooLong = refusal(prompts("a b c d e f g h i"));
        assertEquals("PROMPT_TOO_LONG", tooLong.getType());
        assertEquals("prompt", tooLong.getField());
    }

    @Test
    void a_stream_is_answered_in_order_and_goes_on_after_a_refusal() {
        RecordedAnswers<EmbedResponse> answers = new RecordedAnswers<>();
        StreamObserver<EmbedRequest> requests = endpoint.embedStream(answers);

        requests.onNext(prompts("a").build());
        requests.onNext(prompts("").build());
        requests.onNext(prompts("b").build());
        requests.onCompleted();

        assertEquals("a", answers.values.get(0).getPrompts(0).getPrompt());
        assertEquals("PROMPT_EMPTY", answers.values.get(1).getFailure().getType());
        assertEquals("b", answers.values.get(2).getPrompts(0).getPrompt());
        assertTrue(answers.completed);
    }

    @Test
    void a_stream_ends_when_the_process_leaves_while_single_requests_are_served_on() {
        RecordedAnswers<EmbedResponse> stream = new RecordedAnswers<>();
        StreamObserver<EmbedRequest> requests = endpoint.embedStream(stream);
        requests.onNext(prompts("a").build());

        endpoint.leave(new ShutdownDelayInitiatedEvent());
        requests.onNext(prompts("b").build());
        RecordedAnswers<EmbedResponse> single = new RecordedAnswers<>();
        endpoint.embed(prompts("c").build(), single);

        assertEquals(1, stream.values.size());
        assertEquals(Status.Code.UNAVAILABLE, stream.code());
        assertTrue(single.completed);
    }

    @Test
    void without_a_teacher_the_caller_is_told_why() {
        TeacherSource nothing = new TeacherSource(
                () -> {
                    throw new ModelFolderException("this build has no bundled playground teacher");
                },
                OptionalInt.empty(),
                (folder, layer) -> {
                    throw new AssertionError("must not be loaded");
                });
        endpoint = new LlmTeacherEndpoint(
                new EmbedValidation(3),
                new EmbedStage(nothing, Pooling.LAST, 1, new TeacherMeters(new SimpleMeterRegistry())));
        RecordedAnswers<EmbedResponse> answers = new RecordedAnswers<>();

        endpoint.embed(prompts("a").build(), answers);

        assertEquals(Status.Code.UNAVAILABLE, answers.error.getStatus().getCode());
        assertEquals("NOT_READY", FailureStatus.in(answers.error).orElseThrow().getType());
        assertTrue(answers.error.getMessage().contains("no bundled playground teacher"), answers.error.getMessage());
    }
}
