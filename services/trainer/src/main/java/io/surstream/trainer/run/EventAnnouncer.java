package io.surstream.trainer.run;

import io.surstream.retry.Backoff;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.trainer.train.RunControl;
import io.surstream.v1.TrainingProgressed;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a run's events: each until the cluster has it, progress as it can be had. One thread. */
final class EventAnnouncer {
    private static final Logger LOG = LoggerFactory.getLogger(EventAnnouncer.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final long PATIENCE_SECONDS = 30;

    private final Function<Outgoing, CompletionStage<Void>> publish;
    private final RunControl control;

    /** @param publish completes when the cluster has the event */
    EventAnnouncer(Function<Outgoing, CompletionStage<Void>> publish, RunControl control) {
        this.publish = publish;
        this.control = control;
    }

    /** Returns when the cluster has the event, which may mean to wait for the cluster. */
    void announce(Outgoing fact) {
        for (int failures = 1; ; failures++) {
            try {
                publish.apply(fact).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("waiting for the cluster to take {} of {}: {}", fact.topic(), fact.key(), e.toString());
                control.pause(BACKOFF.after(failures));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                control.pause(BACKOFF.after(failures));
            }
        }
    }

    /** Does not wait; what does not arrive is overtaken by the next one. */
    void tell(TrainingProgressed progress) {
        publish.apply(Outgoing.of(Topic.TRAINING_PROGRESSED, progress.getRunId(), progress))
                .whenComplete((sent, error) -> {
                    if (error != null) {
                        LOG.debug("run {}: progress could not be published: {}", progress.getRunId(), error.toString());
                    }
                });
    }
}
