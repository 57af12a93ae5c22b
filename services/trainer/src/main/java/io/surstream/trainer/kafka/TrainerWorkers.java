package io.surstream.trainer.kafka;

import io.surstream.contract.JobId;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What this service runs on the cluster: requests in, progress in and out, topics to read when a run needs them. */
public final class TrainerWorkers implements AutoCloseable {
    /** Topics that trainer reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(
            Topic.TRAINING_REQUESTED,
            Topic.TRAINING_PROGRESSED,
            Topic.EXAMPLES_CURATED,
            Topic.EXAMPLES_EMBEDDED,
            Topic.ADAPTERS_PROMOTED,
            Topic.CHECKPOINTS_PUBLISHED,
            Topic.DEAD_LETTERS);

    /** As long as progress is kept. */
    private static final Duration LONGEST_WATCHED = Duration.ofDays(7);

    private final EventStreaming streaming;
    private final EventPublisher publisher;
    private final EventWorker progress;
    private final EventWorker requests;

    private TrainerWorkers(
            EventStreaming streaming, EventPublisher publisher, EventWorker progress, EventWorker requests) {
        this.streaming = streaming;
        this.publisher = publisher;
        this.progress = progress;
        this.requests = requests;
    }

    /**
     * Creates missing topics and starts all of it.
     *
     * @param group share group of training.requested
     * @param watch receives all progress of the last days
     */
    public static TrainerWorkers start(EventStreaming streaming, RunRegister register, RunWatch watch, String group) {
        streaming.ensureTopics(TOPICS);
        EventPublisher publisher = streaming.publisher();
        EventWorker progress = streaming.follow(
                "trainer-progress",
                Topic.TRAINING_PROGRESSED,
                TrainingProgressed.getDefaultInstance(),
                LONGEST_WATCHED,
                incoming -> watch.hear(incoming.event()));
        EventWorker requests = streaming.shareWorker(
                WorkerDefinition.of(
                        TrainerEvents.STAGE,
                        Topic.TRAINING_REQUESTED,
                        TrainingRequested.getDefaultInstance(),
                        letter -> failureEvents(letter, register)),
                ShareSettings.of(group),
                publisher,
                new RequestHandler(register, publisher::publish));
        return new TrainerWorkers(streaming, publisher, progress, requests);
    }

    /** A refused request ends as a failed run, unless its id names a run: that one is not to look failed. */
    static List<Outgoing> failureEvents(DeadLetter letter, RunRegister register) {
        Failure failure = letter.error() instanceof RefusedRequestException refused
                ? refused.failure()
                : letter.failure(TrainerEvents.STAGE);
        return letter
                .jobId()
                .filter(JobId::isValid)
                .filter(id -> !register.isKnown(id))
                .map(id -> letter.reply(Topic.TRAINING_PROGRESSED, id, TrainerEvents.refused(id, failure)))
                .stream()
                .toList();
    }

    public CompletionStage<Void> publish(Outgoing event) {
        return publisher.publish(event);
    }

    /** Lets this thread work on a run, in the trace of its request. */
    public LogContext scope(TrainingRequested run) {
        return streaming.work("training run", run, run.getTraceparent());
    }

    /** The caller's to close. */
    public ExampleFeed examples() {
        return new TopicExamples(streaming);
    }

    /** Revisions that a channel has, or goes back to. */
    public Set<String> promoted() {
        Set<String> revisions = new HashSet<>();
        try (TopicScan<AdapterPromoted> scan =
                streaming.scan("promotions", Topic.ADAPTERS_PROMOTED, AdapterPromoted.getDefaultInstance())) {
            scan.toEnd(incoming -> {
                revisions.add(incoming.event().getRevision());
                revisions.add(incoming.event().getPreviousRevision());
            });
        }
        return revisions;
    }

    public boolean isReady() {
        return requests.isReady();
    }

    public boolean isLive() {
        return requests.isLive() && progress.isLive();
    }

    @Override
    public void close() {
        requests.close();
        progress.close();
        publisher.close();
    }
}
