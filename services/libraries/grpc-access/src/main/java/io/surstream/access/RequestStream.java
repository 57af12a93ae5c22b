package io.surstream.access;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Function;

/** One call of {@link RequestStreams}. Its end may come from another thread than its requests. */
final class RequestStream<Q, A> implements StreamObserver<Q> {
    private final ServerCallStreamObserver<A> answers;
    private final Function<Q, A> answering;
    private final Consumer<RequestStream<Q, A>> onEnd;
    private StatusRuntimeException farewell;
    private boolean atWork;
    private boolean waitsForRoom;
    private boolean ended;

    /** @param onEnd called once, whichever side ends the call */
    RequestStream(ServerCallStreamObserver<A> answers, Function<Q, A> answering, Consumer<RequestStream<Q, A>> onEnd) {
        this.answers = answers;
        this.answering = answering;
        this.onEnd = onEnd;
    }

    /** To be called before the service method returns. */
    void begin() {
        answers.disableAutoRequest();
        answers.setOnReadyHandler(this::goOn);
        // Without a handler the call would throw at the next answer once its client is gone.
        answers.setOnCancelHandler(() -> end(() -> {}));
        answers.request(1);
    }

    @Override
    public void onNext(Q request) {
        if (accept()) {
            // Not locked: a thread that ends the call meanwhile does not wait for the answer.
            answer(answering.apply(request));
            goOn();
        }
    }

    private synchronized boolean accept() {
        atWork = !ended;
        return atWork;
    }

    private synchronized void answer(A answer) {
        atWork = false;
        if (ended) {
            return;
        }
        answers.onNext(answer);
        waitsForRoom = true;
        endIfLeft();
    }

    /** The caller is asked for the next request once for each answer, when it has room. */
    private void goOn() {
        synchronized (this) {
            if (ended || !waitsForRoom || !answers.isReady()) {
                return;
            }
            waitsForRoom = false;
        }
        answers.request(1);
    }

    /** Ends the call, after the answer to the current request; another request would be ignored. */
    synchronized void leave(StatusRuntimeException farewell) {
        this.farewell = farewell;
        endIfLeft();
    }

    private void endIfLeft() {
        if (farewell != null && !atWork) {
            end(() -> answers.onError(farewell));
        }
    }

    @Override
    public void onError(Throwable clientIsGone) {
        end(() -> {});
    }

    @Override
    public void onCompleted() {
        end(answers::onCompleted);
    }

    private synchronized void end(Runnable saying) {
        if (!ended) {
            ended = true;
            saying.run();
            onEnd.accept(this);
        }
    }
}
