package io.surstream.trainer.run;

import io.surstream.contract.failure.FailureType;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.trainer.assemble.ExampleGathering;
import io.surstream.trainer.assemble.ExampleGathering.Gathered;
import io.surstream.trainer.assemble.ExampleGathering.Waiting;
import io.surstream.trainer.assemble.TeacherVectors;
import io.surstream.trainer.assemble.VectorReader;
import io.surstream.trainer.checkpoint.LocalFolder;
import io.surstream.trainer.checkpoint.RunCheckpoints;
import io.surstream.trainer.lease.LeaseStore;
import io.surstream.trainer.lease.LeaseStore.Attempts;
import io.surstream.trainer.lease.RunLease;
import io.surstream.trainer.publish.RunReport;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.store.RetryingObjectStore;
import io.surstream.trainer.store.RunKeys;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.tensorboard.EventFile;
import io.surstream.trainer.train.RunControl;
import io.surstream.trainer.train.RunFailedException;
import io.surstream.trainer.train.RunLeftException;
import io.surstream.trainer.train.RunPlan;
import io.surstream.trainer.train.SteppedRun;
import io.surstream.trainer.train.TrainStage;
import io.surstream.trainer.validation.RunValidation;
import io.surstream.training.run.StepReport;
import io.surstream.training.settings.TrainingSettings;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages of one run that this process has leased, in their order, up to the run's one end. One thread. */
final class RunExecution implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final String runId;
    private final TrainingRun request;
    private final TrainingSettings settings;
    private final RunLease lease;
    private final RunControl control;
    private final RunContext context;
    private final EventAnnouncer announcer;
    private final ObjectStore objects;
    private final RunStore runs;
    private final VectorReader vectorReader;
    private final RunCheckpoints checkpoints;
    private final Path folder;
    private final EventFile board;
    private final RunReport report;

    RunExecution(TrainingRun request, RunLease lease, RunControl control, RunContext context) {
        this.runId = lease.runId();
        this.request = request;
        this.settings = RunValidation.settings(request);
        this.lease = lease;
        this.control = control;
        this.context = context;
        this.announcer = new EventAnnouncer(context.publish(), control);
        this.objects = new RetryingObjectStore(context.objects(), control);
        this.runs = new RunStore(objects);
        this.vectorReader = new VectorReader(objects);
        this.checkpoints = new RunCheckpoints(objects, lease);
        this.folder = context.limits().work().resolve(runId + "-" + lease.epoch());
        LocalFolder.empty(folder);
        this.board = EventFile.create(
                folder.resolve("events.out.tfevents." + System.currentTimeMillis() / 1000 + "." + context.trainer()),
                System.currentTimeMillis() / 1e3);
        this.report = new RunReport(
                runId,
                context.trainer(),
                context.limits().progressInterval(),
                System::nanoTime,
                announcer::tell,
                board);
    }

    /**
     * Trains, and brings the run to its end.
     *
     * @param fromStep of the checkpoint that was the newest when the run was leased
     * @return its end, including a failure
     * @throws RunLeftException when this process ends before the run
     * @throws io.surstream.trainer.lease.RunLeaseLostException when another trainer has the run
     * @throws RuntimeException when another attempt may succeed
     */
    TrainingProgressed carry(int fromStep) {
        TrainingProgressed end = runs.findResult(runId).orElseGet(() -> runs.commitResult(outcome(fromStep)));
        announcer.announce(Outgoing.of(Topic.TRAINING_PROGRESSED, runId, end));
        runs.close(runId);
        LOG.info("run {}: {} at step {}", runId, end.getState(), end.getGlobalStep());
        return end;
    }

    private TrainingProgressed outcome(int fromStep) {
        try {
            runs.findStop(runId).ifPresent(control::stop);
            requireAttempts(LeaseStore.fruitless(objects, runId, fromStep, lease.epoch()));
            train();
            return TrainerEvents.ended(report.last(), State.COMPLETED, "");
        } catch (RunLeftException e) {
            if (control.wishedStop() == null) {
                throw e;
            }
            return TrainerEvents.ended(
                    report.last(), State.STOPPED, control.wishedStop().getStop().getReason());
        } catch (RuntimeException e) {
            return TrainerEvents.failed(report.last(), RunFailures.of(e).orElseThrow(() -> e));
        }
    }

    private void requireAttempts(Attempts before) {
        if (before.count() >= context.limits().maxAttempts()) {
            throw RunFailedException.of(
                    FailureType.ATTEMPTS_EXHAUSTED,
                    before.count() + " trainers in a row took the run up and died before its next checkpoint"
                            + (before.error().isEmpty() ? "" : "; the last one said: " + before.error()));
        }
    }

    private void train() {
        while (true) {
            try {
                trainFrom(checkpoints.latest());
                return;
            } catch (RunCheckpoints.ConflictException e) {
                LOG.warn("run {}: {}", runId, e.getMessage());
            }
        }
    }

    private void trainFrom(Optional<CheckpointPublished> begin) {
        // Its owner may have died before it could tell.
        begin.filter(checkpoint -> !lease.hasAnnounced(checkpoint.getGlobalStep()))
                .ifPresent(this::announce);
        control.check();
        String activity = "looking for the examples of " + request.getDataset();
        context.meters().preparing(activity);
        report.preparing(activity);
        try (TeacherVectors vectors = TeacherVectors.create(folder.resolve("vectors.bin"))) {
            Gathered gathered = gather(vectors);
            Optional<Path> resumed = begin.map(this::fetch);
            RunPlan plan = new RunPlan(
                    runId,
                    request.getModel(),
                    request.getInitialAdapter(),
                    settings,
                    gathered.examples(),
                    gathered.teacher(),
                    vectors,
                    resumed);
            try (SteppedRun run = opened(plan)) {
                String notEmbedded = gathered.notEmbedded() == 0 ? "" : "; not embedded: " + gathered.notEmbedded();
                LOG.info("run {}: {}{}, from step {} on", runId, run.remark(), notEmbedded, run.globalStep());
                report.begins(run.remark() + notEmbedded);
                new TrainStage(settings.checkpointingSteps(), context.limits().maxSkippedSteps())
                        .train(
                                run,
                                control,
                                (at, last) -> keep(at, last, gathered.teacher()),
                                step -> stepped(step, run));
            }
        }
    }

    /** Images are fetched one by one, more of them than a trace could hold. */
    private SteppedRun opened(RunPlan plan) {
        LogContext scope = LogContext.withoutSpans();
        try (scope) {
            return context.opener().open(plan, waiting());
        }
    }

    private Gathered gather(TeacherVectors vectors) {
        TeacherChoice asked =
                request.getTeacher().getTeacher().isEmpty() ? context.limits().teacher() : request.getTeacher();
        try (ExampleFeed feed = context.feeds().get()) {
            return new ExampleGathering(runs, context.limits().idleTimeout(), System::nanoTime)
                    .gather(
                            runId,
                            request.getDataset(),
                            asked,
                            settings.objective().llmWeight() > 0,
                            vectors,
                            this::vector,
                            feed,
                            waiting());
        }
    }

    private float[] vector(PromptEmbedded embedded) {
        LogContext scope = LogContext.withoutSpans();
        try (scope) {
            return vectorReader.apply(embedded);
        }
    }

    private Waiting waiting() {
        return new Waiting() {
            @Override
            public void tell(String activity) {
                control.check();
                context.meters().preparing(activity);
                report.preparing(activity);
            }

            @Override
            public void pause(Duration moment) {
                control.check();
                control.pause(moment);
            }
        };
    }

    private Path fetch(CheckpointPublished checkpoint) {
        Path target = folder.resolve("begin");
        checkpoints.fetch(checkpoint, target);
        return target;
    }

    private void stepped(StepReport step, SteppedRun run) {
        report.stepped(step, run.totalSteps());
        context.meters().stepped(step);
    }

    private void keep(SteppedRun run, boolean last, TeacherChoice teacher) {
        Path target = folder.resolve("checkpoint");
        run.save(target);
        announce(checkpoints.publish(
                target,
                CheckpointPublished.newBuilder()
                        .setRunId(runId)
                        .setGlobalStep(run.globalStep())
                        .setAdapterWeight((float) settings.adapterWeight())
                        .setLayout(settings.layout().toString())
                        .setModelRevision(run.modelRevision())
                        .setTeacher(teacher)
                        .setDataset(request.getDataset())
                        .setFinal(last)
                        .setPublishedAtMs(System.currentTimeMillis())
                        .build()));
        objects.put(RunKeys.board(runId) + board.path().getFileName(), board.path(), "application/octet-stream");
        settings.checkpointsTotalLimit()
                .ifPresent(keep -> checkpoints.prune(keep, context.inUse().get()));
    }

    private void announce(CheckpointPublished checkpoint) {
        String key = runId + "/" + checkpoint.getGlobalStep();
        announcer.announce(Outgoing.of(Topic.CHECKPOINTS_PUBLISHED, key, checkpoint));
        lease.announced(checkpoint.getGlobalStep());
    }

    @Override
    public void close() {
        context.meters().idle();
        board.close();
        LocalFolder.remove(folder);
    }
}
