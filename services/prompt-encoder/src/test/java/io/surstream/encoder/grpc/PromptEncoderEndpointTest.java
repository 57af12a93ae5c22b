package io.surstream.encoder.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.encoder.PromptEncoding;
import io.surstream.encoder.encode.AdapterSource;
import io.surstream.encoder.encode.Adapters;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.encode.FakeTextEncoding;
import io.surstream.encoder.intake.AsAsked;
import io.surstream.encoder.intake.PromptIntake;
import io.surstream.encoder.intake.SettingsRules;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.Failure;
import io.surstream.v1.FailureStatus;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptEncoderEndpointTest {
    private final PromptEncoderEndpoint endpoint = endpoint(new AsAsked());

    @Test
    void aPromptIsAnsweredWithItsEmbeddingsAndNeedsNoJobId() {
        Answers<EncodedPrompt> answers = new Answers<>();

        endpoint.encode(prompt("heart"), answers);

        assertEquals("heart", answers.values.get(0).getPrompt());
        assertTrue(answers.completed);
    }

    @Test
    void aRefusalIsAStatusWithTheWholeFailureInTheTrailer() {
        Answers<EncodedPrompt> answers = new Answers<>();

        endpoint.encode(prompt(""), answers);

        assertEquals(Status.Code.INVALID_ARGUMENT, answers.error.getStatus().getCode());
        Failure failure = FailureStatus.in(answers.error).orElseThrow();
        assertEquals("prompt", failure.getField());
        assertEquals(failure.getMessage(), answers.error.getStatus().getDescription());
    }

    @Test
    void aStreamIsAnsweredInOrderAndGoesOnAfterARefusal() {
        Answers<EncodeResult> answers = new Answers<>();
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
    void anErrorOfOursIsInternalAndShowsNoStackTrace() {
        Answers<EncodedPrompt> answers = new Answers<>();
        PromptEncoderEndpoint broken = endpoint(new AsAsked() {
            @Override
            public SamplingSettings complete(SamplingSettings asked) {
                throw new IllegalStateException("the wires are crossed");
            }
        });

        broken.encode(prompt("heart"), answers);

        assertEquals(Status.Code.INTERNAL, answers.error.getStatus().getCode());
        assertEquals(
                "java.lang.IllegalStateException: the wires are crossed",
                answers.error.getStatus().getDescription());
    }

    private static PromptEncoderEndpoint endpoint(SettingsRules rules) {
        return new PromptEncoderEndpoint(new PromptEncoding(
                new PromptIntake(rules, 100),
                new EncodeStage(new FakeTextEncoding(), 4, new SimpleMeterRegistry()),
                AdapterSource.of(Adapters.none())));
    }

    private static PromptSubmitted prompt(String text) {
        return PromptSubmitted.newBuilder().setPrompt(text).build();
    }

    /** Keeps what it hears. */
    private static final class Answers<T> implements StreamObserver<T> {
        final List<T> values = new ArrayList<>();
        StatusRuntimeException error;
        boolean completed;

        @Override
        public void onNext(T value) {
            values.add(value);
        }

        @Override
        public void onError(Throwable failure) {
            error = (StatusRuntimeException) failure;
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}
