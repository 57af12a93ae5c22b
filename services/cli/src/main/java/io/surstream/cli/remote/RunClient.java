package io.surstream.cli.remote;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.TopicFollower;
import io.surstream.streaming.follow.TopicScan;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Requests training runs from a deployment over Kafka and receives their progress. One thread. */
public final class RunClient implements AutoCloseable {
    private static final Duration PUBLISH_LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_RUN = Duration.ofDays(7);

    private final EventStreaming kafka;
    private final EventPublisher publisher;

    public RunClient(KafkaSettings settings, Topics topics) {
        kafka = new EventStreaming(settings, topics, "cli", new SimpleMeterRegistry());
        publisher = kafka.publisher();
    }

    /** Returns when the cluster has the request. */
    public void request(TrainingRequested request) {
        try {
            publisher
                    .publish(Outgoing.of(Topic.TRAINING_REQUESTED, request.getRunId(), request))
                    .toCompletableFuture()
                    .get(PUBLISH_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the request could not be published: " + CommandFailedException.reason(e.getCause()));
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    "Kafka did not take the request within " + PUBLISH_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while publishing");
        }
    }

    /**
     * Receives a run's updates, starting with the latest one.
     *
     * @param silence longest time without progress
     * @return the run's end
     */
    public TrainingProgressed watch(String runId, Duration silence, Consumer<TrainingProgressed> listener)
            throws InterruptedException {
        BlockingQueue<TrainingProgressed> heard = new LinkedBlockingQueue<>();
        TopicFollower<TrainingProgressed> progress = kafka.follow(
                "training-progress",
                Topic.TRAINING_PROGRESSED,
                TrainingProgressed.getDefaultInstance(),
                LONGEST_RUN,
                incoming -> {
                    if (incoming.event().getRunId().equals(runId)) {
                        heard.add(incoming.event());
                    }
                });
        try {
            while (true) {
                TrainingProgressed news = heard.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
                if (news == null) {
                    throw new CommandFailedException("no news of run " + runId + " for " + silence.toSeconds()
                            + " s; look at the id, or wait longer with --timeout");
                }
                listener.accept(news);
                // A request that was refused and then asked for again has an end that is not the last word.
                if (isEnd(news) && heard.isEmpty()) {
                    return news;
                }
            }
        } finally {
            progress.close();
        }
    }

    /** The run's newest checkpoint; empty when it has none. */
    public Optional<CheckpointPublished> newestCheckpoint(String runId) {
        AtomicReference<CheckpointPublished> newest = new AtomicReference<>();
        try (TopicScan<CheckpointPublished> scan =
                kafka.scan("checkpoints", Topic.CHECKPOINTS_PUBLISHED, CheckpointPublished.getDefaultInstance())) {
            scan.toEnd(incoming -> {
                CheckpointPublished found = incoming.event();
                if (found.getRunId().equals(runId)
                        && (newest.get() == null || newest.get().getGlobalStep() < found.getGlobalStep())) {
                    newest.set(found);
                }
            });
        }
        return Optional.ofNullable(newest.get());
    }

    private static boolean isEnd(TrainingProgressed news) {
        return news.getState() == State.COMPLETED
                || news.getState() == State.STOPPED
                || news.getState() == State.FAILED;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
