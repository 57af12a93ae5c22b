package io.surstream.cli.remote;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.follow.TopicFollower;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes jobs to Kafka and receives their progress and results. One thread submits and waits; {@link #cancel} may
 * come from another.
 */
public final class JobClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration PUBLISH_LIMIT = Duration.ofSeconds(10);

    /** Receives every step. */
    public interface Progress {
        void advanced(int done, int total);
    }

    private final EventPublisher publisher;
    private final TopicFollower<ImageProgressed> progressed;
    private final TopicFollower<ImageSampled> sampled;
    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    /** Connects; from its return on no news is missed. */
    public JobClient(KafkaSettings settings, Topics topics) {
        EventStreaming kafka = new EventStreaming(settings, topics, "cli", new SimpleMeterRegistry());
        publisher = kafka.publisher();
        progressed =
                kafka.follow("progress", Topic.IMAGES_PROGRESSED, ImageProgressed.getDefaultInstance(), this::hear);
        sampled = kafka.follow("results", Topic.IMAGES_SAMPLED, ImageSampled.getDefaultInstance(), this::hear);
        awaitReady();
    }

    private void awaitReady() {
        long giveUp = System.nanoTime() + CONNECT_LIMIT.toNanos();
        while (!progressed.isReady() || !sampled.isReady()) {
            if (System.nanoTime() > giveUp) {
                close();
                throw new CommandFailedException(
                        "connected to Kafka, but the topics of SurStream did not appear within "
                                + CONNECT_LIMIT.toSeconds() + " s: start SurStream, or check --topic-prefix");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while connecting");
        }
    }

    private void hear(Incoming<? extends Message> incoming) {
        heard.add(incoming.event());
    }

    /** Returns when the cluster has the event. */
    public void submit(PromptSubmitted event) {
        publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, event.getJobId(), event));
    }

    /** Asks every sampler to leave the job. */
    public void cancel(String jobId, String reason) {
        PromptCancelled event =
                PromptCancelled.newBuilder().setJobId(jobId).setReason(reason).build();
        publish(Outgoing.of(Topic.PROMPTS_CANCELLED, jobId, event));
    }

    private void publish(Outgoing event) {
        try {
            publisher.publish(event).toCompletableFuture().get(PUBLISH_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the event could not be published: " + CommandFailedException.reason(e.getCause()));
        } catch (TimeoutException e) {
            throw new CommandFailedException("Kafka did not take the event within " + PUBLISH_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while publishing");
        }
    }

    /**
     * The job's end.
     *
     * @param silence longest time without progress of the job
     */
    public ImageSampled await(String jobId, Duration silence, Progress progress) throws InterruptedException {
        long giveUp = System.nanoTime() + silence.toNanos();
        while (true) {
            Message news = heard.poll(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (news == null) {
                throw new CommandFailedException("no news of job " + jobId + " for " + silence.toSeconds()
                        + " s; it may still be drawn: look at GET /v1/jobs/" + jobId
                        + ", or wait longer with --timeout");
            }
            if (news instanceof ImageSampled end && end.getJobId().equals(jobId)) {
                return end;
            }
            if (news instanceof ImageProgressed step && step.getJobId().equals(jobId)) {
                progress.advanced(step.getStepsDone(), step.getStepsTotal());
                giveUp = System.nanoTime() + silence.toNanos();
            }
        }
    }

    @Override
    public void close() {
        progressed.close();
        sampled.close();
        try {
            publisher.close();
        } catch (Exception e) {
            throw new IllegalStateException("the publisher did not close: " + e.getMessage(), e);
        }
    }
}
