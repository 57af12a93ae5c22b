package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EmbedResponse;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.LlmTeacherGrpc;
import io.surstream.v1.PromptEncoderGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** A caller that sends one request over a stream and keeps it open. */
final class OpenStream implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ManagedChannel channel;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private <Q, A> OpenStream(
            ServiceProcess service, BiFunction<Channel, StreamObserver<A>, StreamObserver<Q>> method, Q request) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", service.port())
                .usePlaintext()
                .build();
        method.apply(channel, new Answers<A>()).onNext(request);
        try {
            assertTrue(answered.await(LIMIT.toSeconds(), TimeUnit.SECONDS), service.port() + " does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the request is answered. */
    static OpenStream toEncoder(ServiceProcess encoder) {
        return new OpenStream(
                encoder,
                (Channel to, StreamObserver<EncodeResult> answers) ->
                        PromptEncoderGrpc.newStub(to).encodeStream(answers),
                TestModel.job().build());
    }

    /** Returns when the request is answered. */
    static OpenStream toTeacher(ServiceProcess teacher) {
        return new OpenStream(
                teacher,
                (Channel to, StreamObserver<EmbedResponse> answers) ->
                        LlmTeacherGrpc.newStub(to).embedStream(answers),
                EmbedRequest.newBuilder().addPrompts("a red star").build());
    }

    /** It was the service that ended the stream, and said what to do; not the connection that broke. */
    void requireFarewell() {
        CompletionException broken =
                assertThrows(CompletionException.class, () -> end.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .join());
        StatusRuntimeException status = (StatusRuntimeException) broken.getCause();
        assertEquals(Status.Code.UNAVAILABLE, status.getStatus().getCode());
        assertTrue(
                FailureStatus.in(status).orElseThrow(() -> status).getMessage().contains("open another stream"));
    }

    private final class Answers<A> implements StreamObserver<A> {
        @Override
        public void onNext(A answer) {
            answered.countDown();
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
