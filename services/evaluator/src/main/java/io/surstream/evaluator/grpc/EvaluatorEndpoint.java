package io.surstream.evaluator.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.evaluator.checkpoint.CheckpointValidation;
import io.surstream.evaluator.checkpoint.RefusedCheckpointException;
import io.surstream.evaluator.evaluate.Evaluated;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.evaluator.stages.EvaluationEvents;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluatorGrpc;
import io.surstream.v1.Failure;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** gRPC edge: draws and compares now, against no adapter; nothing is stored, published or promoted. One request at a time. */
@GrpcService
@Blocking
public class EvaluatorEndpoint extends EvaluatorGrpc.EvaluatorImplBase {
    private static final Logger LOG = Logger.getLogger(EvaluatorEndpoint.class);

    private final CheckpointEvaluation evaluation;
    private final Semaphore free = new Semaphore(1);

    @Inject
    public EvaluatorEndpoint(CheckpointEvaluation evaluation) {
        this.evaluation = evaluation;
    }

    @Override
    public void evaluate(CheckpointPublished request, StreamObserver<CheckpointEvaluated> answers) {
        if (!free.tryAcquire()) {
            answers.onError(FailureStatus.of(busy()));
            return;
        }
        LogContext scope = LogContext.of(request);
        try (scope) {
            answer(request, (ServerCallStreamObserver<CheckpointEvaluated>) answers);
        } catch (RefusedCheckpointException e) {
            LOG.infof(
                    "checkpoint %s: refused as %s",
                    request.getRevision(), e.failure().getType());
            answers.onError(FailureStatus.of(e.failure()));
        } catch (CancellationException e) {
            LOG.debug("a request was given up by its caller");
        } catch (RuntimeException e) {
            LOG.error("a checkpoint could not be evaluated", e);
            answers.onError(FailureStatus.of(Failures.internal(CheckpointValidation.STAGE, e)));
        } finally {
            free.release();
        }
    }

    private void answer(CheckpointPublished request, ServerCallStreamObserver<CheckpointEvaluated> answers)
            throws RefusedCheckpointException {
        Evaluated evaluated = evaluation.evaluate(request, Optional.empty(), done -> {
            if (answers.isCancelled()) {
                throw new CancellationException();
            }
        });
        answers.onNext(EvaluationEvents.evaluated(
                request, EvaluationEvents.report(evaluated, evaluation.stage().scorer()), System.currentTimeMillis()));
        LOG.debugf("checkpoint %s: evaluated for a caller", request.getRevision());
        answers.onCompleted();
    }

    private static Failure busy() {
        return Failure.newBuilder()
                .setType(FailureType.BUSY.name())
                .setLimit("1 request at a time")
                .setMessage(
                        "this evaluator evaluates already; try again later, or publish the checkpoint, which queues")
                .setStage(CheckpointValidation.STAGE)
                .build();
    }
}
