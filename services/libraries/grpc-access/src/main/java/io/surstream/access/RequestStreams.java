package io.surstream.access;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The open calls of a method that answers many requests one by one over a stream. They end when their process leaves, which would
 * otherwise wait for callers that have no reason to end them. Thread-safe.
 */
public final class RequestStreams {
    private final Failure farewell;
    private final Set<RequestStream<?, ?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    /** @param service its name, for messages to callers */
    public RequestStreams(String service) {
        farewell = Failure.newBuilder()
                .setType(FailureType.NOT_READY.name())
                .setMessage(
                        "this " + service + " is stopping; open another stream and resend unanswered requests on it")
                .setStage(service)
                .build();
    }

    /**
     * To be called by the service method, which returns the result. The next request is asked for when the last one is answered
     * and the caller has room for more answers, so that at most one answer waits here.
     *
     * @param answering called for one request at a time, in the thread that brings it; must not throw
     */
    public <Q, A> StreamObserver<Q> open(StreamObserver<A> answers, Function<Q, A> answering) {
        RequestStream<Q, A> stream =
                new RequestStream<>((ServerCallStreamObserver<A>) answers, answering, open::remove);
        open.add(stream);
        stream.begin();
        if (leaving) {
            stream.leave(FailureStatus.of(farewell));
        }
        return stream;
    }

    /**
     * From now on streams end with UNAVAILABLE: new ones immediately, open ones after the answer to the current
     * request.
     */
    public void leave() {
        leaving = true;
        open.forEach(stream -> stream.leave(FailureStatus.of(farewell)));
    }
}
