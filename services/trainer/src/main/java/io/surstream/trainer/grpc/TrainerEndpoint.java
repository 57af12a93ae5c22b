package io.surstream.trainer.grpc;

import com.google.protobuf.Message;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.run.RunRequests;
import io.surstream.v1.Failure;
import io.surstream.v1.RunAccepted;
import io.surstream.v1.TrainerGrpc;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.WatchRunRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** gRPC edge: requests are checked and published; updates come from the topic, whichever trainer has the run. */
@GrpcService
@Blocking
public class TrainerEndpoint extends TrainerGrpc.TrainerImplBase {
    private static final Logger LOG = Logger.getLogger(TrainerEndpoint.class);

    private final RunRequests requests;
    private final Set<RunStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    @Inject
    TrainerEndpoint(RunRequests requests) {
        this.requests = requests;
    }

    @Override
    public void startRun(TrainingRequested request, StreamObserver<RunAccepted> answers) {
        publish(request, request.hasStart(), "start", answers);
    }

    @Override
    public void stopRun(TrainingRequested request, StreamObserver<RunAccepted> answers) {
        publish(request, request.hasStop(), "stop", answers);
    }

    private void publish(
            TrainingRequested request, boolean asExpected, String expected, StreamObserver<RunAccepted> answers) {
        answer(request, answers, () -> {
            TrainingRequested timed = request.toBuilder()
                    .setRequestedAtMs(System.currentTimeMillis())
                    .build();
            Optional<Failure> refusal = asExpected ? requests.publish(timed) : Optional.of(wrongAction(expected));
            if (refusal.isPresent()) {
                LOG.infof(
                        "a request to %s a run is refused as %s",
                        expected, refusal.get().getType());
                answers.onError(FailureStatus.of(refusal.get()));
                return;
            }
            answers.onNext(RunAccepted.newBuilder().setRunId(request.getRunId()).build());
            LOG.infof("run %s: %s asked for", request.getRunId(), expected);
            answers.onCompleted();
        });
    }

    private static Failure wrongAction(String expected) {
        return Failure.newBuilder()
                .setType(FailureType.INVALID_ARGUMENT.name())
                .setField("action")
                .setLimit(expected)
                .setMessage("the request's action must be " + expected)
                .setStage(TrainerEvents.STAGE)
                .build();
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<TrainingProgressed> answers) {
        answer(request, answers, () -> {
            String runId = request.getRunId();
            RunStream stream = new RunStream((ServerCallStreamObserver<TrainingProgressed>) answers);
            if (requests.watch().latest(runId).isEmpty()) {
                Optional<TrainingProgressed> known = requests.register().state(runId);
                if (known.isEmpty()) {
                    answers.onError(FailureStatus.of(RunRequests.unknownRun(runId)));
                    return;
                }
                stream.accept(known.get());
            }
            Runnable stopListening = requests.watch().listen(runId, stream);
            streams.add(stream);
            stream.until(() -> {
                stopListening.run();
                streams.remove(stream);
            });
            if (leaving) {
                stream.leave();
            }
        });
    }

    /** Before the service waits for active requests: a stream would keep them waiting for the end of its run. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
        streams.forEach(RunStream::leave);
    }

    private static void answer(Message request, StreamObserver<?> answers, Runnable work) {
        LogContext scope = LogContext.of(request);
        try (scope) {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a request could not be answered", e);
            answers.onError(FailureStatus.of(Failures.internal(TrainerEvents.STAGE, e)));
        }
    }
}
