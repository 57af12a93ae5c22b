package io.surstream.trainer.validation;

import io.surstream.contract.failure.FailureType;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.store.RunStore;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.util.Optional;

/**
 * Puts checked requests where trainers find them. A request that comes again, or that two trainers take in, changes nothing.
 * Thread-safe.
 */
public final class RunRegister {
    private final RunStore runs;

    public RunRegister(RunStore runs) {
        this.runs = runs;
    }

    /** What became of a request. */
    public sealed interface Registered {
        /** It is known now, or was before; a trainer will see to it. */
        record Open() implements Registered {}

        /** The run ended before. */
        record Ended(TrainingProgressed end) implements Registered {}

        /** The id names another run. */
        record Refused(Failure failure) implements Registered {}
    }

    /** @param request that {@link RunValidation} has no problem with */
    public Registered register(TrainingRequested request) {
        Optional<TrainingProgressed> end = runs.findResult(request.getRunId());
        if (request.hasStop()) {
            // Kept even when the run is not known: a share group may hand the stop out before its start.
            runs.stop(request);
        } else {
            TrainingRequested settled = runs.settleRequest(request);
            if (!settled.getStart().equals(request.getStart())) {
                return new Registered.Refused(otherRun(request.getRunId()));
            }
            if (end.isEmpty()) {
                runs.open(settled);
            }
        }
        return end.<Registered>map(Registered.Ended::new).orElseGet(Registered.Open::new);
    }

    /** Why a start cannot be registered, if this is already known; otherwise empty. */
    public Optional<Failure> conflict(TrainingRequested request) {
        return runs.findRequest(request.getRunId())
                .filter(known -> !known.getStart().equals(request.getStart()))
                .map(known -> otherRun(request.getRunId()));
    }

    /** Whether the id names a run. */
    public boolean isKnown(String runId) {
        return runs.findRequest(runId).isPresent();
    }

    /** A run as the store knows it: its end, or that it waits or trains; empty when there is no such run. */
    public Optional<TrainingProgressed> state(String runId) {
        return runs.findResult(runId)
                .or(() -> runs.findRequest(runId).map(request -> TrainerEvents.preparing(runId, "", "no news yet")));
    }

    private static Failure otherRun(String runId) {
        return Failure.newBuilder()
                .setType(FailureType.RUN_EXISTS.name())
                .setField("run_id")
                .setValue(runId)
                .setLimit("an id that names no other run")
                .setMessage("run_id " + runId + " already names another run with other settings; take a new id")
                .setStage(TrainerEvents.STAGE)
                .build();
    }
}
