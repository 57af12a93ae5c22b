package io.surstream.teacher.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EmbedResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One stream of requests. At most one answer waits here for a client that does not read. */
final class EmbedCall implements StreamObserver<EmbedRequest> {
    private final ServerCallStreamObserver<EmbedResponse> answers;
    private final Function<EmbedRequest, EmbedResponse> answering;
    private final AtomicBoolean held = new AtomicBoolean();

    EmbedCall(ServerCallStreamObserver<EmbedResponse> answers, Function<EmbedRequest, EmbedResponse> answering) {
        this.answers = answers;
        this.answering = answering;
    }

    /** To be called before the service method returns. */
    void begin() {
        answers.disableAutoRequest();
        answers.setOnReadyHandler(this::goOn);
        answers.request(1);
    }

    @Override
    public void onNext(EmbedRequest request) {
        answers.onNext(answering.apply(request));
        held.set(true);
        if (answers.isReady()) {
            goOn();
        }
    }

    private void goOn() {
        if (held.compareAndSet(true, false)) {
            answers.request(1);
        }
    }

    @Override
    public void onError(Throwable clientIsGone) {}

    @Override
    public void onCompleted() {
        answers.onCompleted();
    }
}
