package io.surstream.trainer.run;

import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.trainer.validation.RunValidation;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingRequested;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Requests that come from elsewhere than the topic: checked, then published to it. Thread-safe. */
public final class RunRequests {
    private static final long PUBLISH_PATIENCE_SECONDS = 30;

    private final RunRegister register;
    private final RunWatch watch;
    private volatile Function<Outgoing, CompletionStage<Void>> publish;

    public RunRequests(RunRegister register, RunWatch watch) {
        this.register = register;
        this.watch = watch;
    }

    /** From now on requests can be published. */
    public void connected(Function<Outgoing, CompletionStage<Void>> publish) {
        this.publish = publish;
    }

    public RunRegister register() {
        return register;
    }

    public RunWatch watch() {
        return watch;
    }

    /** @return why the request was refused; empty when the cluster has it */
    public Optional<Failure> publish(TrainingRequested request) {
        Optional<Failure> problem = RunValidation.problem(request)
                .or(() -> request.hasStart() ? register.conflict(request) : unknown(request.getRunId()));
        return problem.isPresent() ? problem : send(request);
    }

    private Optional<Failure> unknown(String runId) {
        return register.isKnown(runId) ? Optional.empty() : Optional.of(unknownRun(runId));
    }

    /** There is no such run. */
    public static Failure unknownRun(String runId) {
        return Failure.newBuilder()
                .setType(FailureType.UNKNOWN_RUN.name())
                .setField("run_id")
                .setValue(runId)
                .setLimit("the id of a run that was asked for")
                .setMessage("there is no run " + runId + "; look at the id")
                .setStage(TrainerEvents.STAGE)
                .build();
    }

    private Optional<Failure> send(TrainingRequested request) {
        if (publish == null) {
            return Optional.of(notReady("the trainer has not joined the cluster yet"));
        }
        try {
            publish.apply(Outgoing.of(Topic.TRAINING_REQUESTED, request.getRunId(), request))
                    .toCompletableFuture()
                    .get(PUBLISH_PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(notReady("the cluster did not take the request: " + e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(notReady("interrupted"));
        }
    }

    /** What may succeed a moment later, perhaps with another trainer. */
    public static Failure notReady(String why) {
        return Failure.newBuilder()
                .setType(FailureType.NOT_READY.name())
                .setMessage(why + "; ask again in a moment")
                .setStage(TrainerEvents.STAGE)
                .build();
    }
}
