package io.surstream.gateway.events;

import io.surstream.gateway.admission.JobPublisher;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.JobEvent;
import io.surstream.v1.JobPurged;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes on Kafka and waits for the broker's word. */
public final class KafkaJobPublisher implements JobPublisher {

    private final EventPublisher publisher;
    private final Duration timeout;

    public KafkaJobPublisher(EventPublisher publisher, Duration timeout) {
        this.publisher = publisher;
        this.timeout = timeout;
    }

    @Override
    public void submitted(PromptSubmitted event, Optional<String> traceparent) {
        // With an OpenTelemetry SDK the header is the parent of the request's span already.
        Optional<TraceContext> cause = TraceContext.current().or(() -> traceparent.flatMap(TraceContext::parse));
        publish(new Outgoing(Topic.PROMPTS_SUBMITTED, event.getJobId(), event, cause));
    }

    @Override
    public void cancelled(PromptCancelled event) {
        publish(Outgoing.of(Topic.PROMPTS_CANCELLED, event.getJobId(), event));
    }

    @Override
    public void purged(String jobId, long atMs) {
        JobEvent jobEvent = JobEvent.newBuilder()
                .setJobId(jobId)
                .setAtMs(atMs)
                .setPurged(JobPurged.getDefaultInstance())
                .build();
        publish(Outgoing.of(Topic.JOB_EVENTS, jobId, jobEvent));
    }

    private void publish(Outgoing outgoing) {
        String what = outgoing.topic().shortName() + " of job " + outgoing.key();
        try {
            publisher.publish(outgoing).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException(what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw new PublishException(
                    what + " was not published: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new PublishException(what + " was not confirmed within " + timeout, e);
        }
    }
}
