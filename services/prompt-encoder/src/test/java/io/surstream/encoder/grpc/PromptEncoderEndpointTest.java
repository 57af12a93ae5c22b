package io.surstream.encoder.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.prompt.ModelRules;
import io.surstream.encoder.adapter.AdapterSource;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.encode.FakeTextEncoding;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.AsAsked;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import org.junit.jupiter.api.Test;

class PromptEncoderEndpointTest {
    private final PromptEncoderEndpoint endpoint = endpoint(new AsAsked());

    @Test
    void aPromptIsAnsweredWithItsEmbeddingsAndNeedsNoJobId() {
        RecordedAnswers<EncodedPrompt> answers = new RecordedAnswers<>();

        endpoint.encode(prompt("heart"), answers);

        assertEquals("heart", answers.values.get(0).getPrompt());
        assertTrue(answers.completed);
    }

    @Test
    void aRefusalIsAStatusWithTheWholeFailureInTheTrailer() {
        RecordedAnswers<EncodedPrompt> answers = new RecordedAnswers<>();

        endpoint.encode(prompt(""), answers);

        assertEquals(Status.Code.INVALID_ARGUMENT, answers.code());
        Failure failure = FailureStatus.in(answers.error).orElseThrow();
        assertEquals("prompt", failure.getField());
        assertEquals(failure.getMessage(), answers.error.getStatus().getDescription());
    }

    @Test
    void aStreamIsAnsweredInOrderAndGoesOnAfterARefusal() {
        RecordedAnswers<EncodeResult> answers = new RecordedAnswers<>();
        StreamObserver<PromptSubmitted> requests = endpoint.encodeStream(answers);

        requests.onNext(prompt("heart"));
        requests.onNext(prompt(""));
        requests.onNext(prompt("star"));
        requests.onCompleted();

        assertEquals("heart", answers.values.get(0).getEncoded().getPrompt());
        assertTrue(answers.values.get(1).hasFailure());
        assertEquals("star", answers.values.get(2).getEncoded().getPrompt());
        assertTrue(answers.completed);
    }

    @Test
    void aStreamEndsWhenTheProcessLeavesWhileSinglePromptsAreServedOn() {
        RecordedAnswers<EncodeResult> stream = new RecordedAnswers<>();
        StreamObserver<PromptSubmitted> requests = endpoint.encodeStream(stream);
        requests.onNext(prompt("heart"));

        endpoint.leave(new ShutdownDelayInitiatedEvent());
        requests.onNext(prompt("star"));
        RecordedAnswers<EncodedPrompt> single = new RecordedAnswers<>();
        endpoint.encode(prompt("moon"), single);

        assertEquals(1, stream.values.size());
        assertEquals(Status.Code.UNAVAILABLE, stream.code());
        assertTrue(single.completed);
    }

    @Test
    void anErrorOfOursIsInternalAndShowsNoStackTrace() {
        RecordedAnswers<EncodedPrompt> answers = new RecordedAnswers<>();
        PromptEncoderEndpoint broken = endpoint(new AsAsked() {
            @Override
            public SamplingSettings complete(SamplingSettings asked) {
                throw new IllegalStateException("the wires are crossed");
            }
        });

        broken.encode(prompt("heart"), answers);

        assertEquals(Status.Code.INTERNAL, answers.code());
        assertEquals(
                "java.lang.IllegalStateException: the wires are crossed",
                answers.error.getStatus().getDescription());
    }

    private static PromptEncoderEndpoint endpoint(ModelRules rules) {
        return new PromptEncoderEndpoint(new PromptEncoding(
                new PromptValidation(AsAsked.rules(rules)),
                new EncodeStage(new FakeTextEncoding(), 4, new SimpleMeterRegistry()),
                AdapterSource.of(Adapters.none())));
    }

    private static PromptSubmitted prompt(String text) {
        return PromptSubmitted.newBuilder().setPrompt(text).build();
    }
}
