package io.surstream.trainer.run;

import io.surstream.storage.ObjectStore;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.train.RunOpener;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every run of this process works with.
 *
 * @param trainer this process, unlike any other
 * @param objects the store as it is, without patience
 * @param publish completes when the cluster has the event
 * @param feeds a new feed each time; the run closes it
 * @param inUse revisions that are promoted now
 * @param scopes lets this thread work on a run
 * @param leaving counted down when this process is to end
 */
public record RunContext(
        String trainer,
        ObjectStore objects,
        Function<Outgoing, CompletionStage<Void>> publish,
        Supplier<ExampleFeed> feeds,
        Supplier<Set<String>> inUse,
        RunOpener opener,
        TrainerMeters meters,
        Function<TrainingRequested, LogContext> scopes,
        CountDownLatch leaving,
        Limits limits) {

    /**
     * Numbers out of the settings.
     *
     * @param work folder of this process alone
     * @param teacher where a request names none; its name may be empty
     * @param idleTimeout how long nothing new may come while examples are waited for
     * @param maxAttempts owners that may die over a run without a step forward
     */
    public record Limits(
            Path work,
            TeacherChoice teacher,
            Duration idleTimeout,
            Duration progressInterval,
            Duration heartbeat,
            Duration leaseTimeout,
            Duration poll,
            Duration drain,
            int maxAttempts,
            int maxSkippedSteps) {}
}
