package io.surstream.streaming.share;

import com.google.protobuf.Message;
import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.IncomingReader;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.DrainedException;
import io.surstream.streaming.loop.Pause;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.streaming.tracing.Handling;
import io.surstream.streaming.tracing.WorkNames;
import io.surstream.streaming.tracing.WorkScope;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides over one delivery of a shared record: decodes it, lets the handler try, and says what is to become of it. */
public final class ShareProcess<T extends Message> {

    private static final Logger LOG = LoggerFactory.getLogger(ShareProcess.class);

    private final String worker;
    private final Topic topic;
    private final EventCodec<T> codec;
    private final ShareHandler<T> handler;
    private final ShareSettings settings;
    private final EventTracer tracer;
    private final WorkerMetrics metrics;
    private final Pause pause;

    public ShareProcess(
            WorkerDefinition<T> definition,
            ShareHandler<T> handler,
            ShareSettings settings,
            EventTracer tracer,
            WorkerMetrics metrics,
            Pause pause) {
        this.worker = definition.name();
        this.topic = definition.topic();
        this.codec = definition.codec();
        this.handler = handler;
        this.settings = settings;
        this.tracer = tracer;
        this.metrics = metrics;
        this.pause = pause;
    }

    /** Runs on a work thread; never throws for what the handler does. */
    public Verdict work(ConsumerRecord<byte[], byte[]> origin, Lease lease) {
        try (Handling handling = tracer.handling(origin, Optional.of(settings.group()))) {
            Verdict verdict = decide(origin, handling, lease);
            if (verdict instanceof Verdict.Release) {
                handling.failed("RELEASED");
            }
            return verdict;
        }
    }

    private Verdict decide(ConsumerRecord<byte[], byte[]> origin, Handling handling, Lease lease) {
        Incoming<T> incoming;
        try {
            incoming = IncomingReader.read(codec, origin, handling);
        } catch (MalformedEventException e) {
            return reject(origin, handling, e, 1);
        }
        WorkScope scope = handling.scope();
        try (scope) {
            return decide(origin, incoming, handling, lease);
        }
    }

    private Verdict decide(
            ConsumerRecord<byte[], byte[]> origin, Incoming<T> incoming, Handling handling, Lease lease) {
        metrics.batch(1);
        metrics.queued(incoming.recordedAt(), Instant.now());
        if (incoming.delivery() > 1) {
            metrics.redelivered();
        }
        if (incoming.delivery() > settings.deliveryLimit()) {
            return reject(origin, handling, limitReached(incoming), incoming.delivery() - 1);
        }
        return tryRepeatedly(origin, incoming, handling, lease);
    }

    private Verdict tryRepeatedly(
            ConsumerRecord<byte[], byte[]> origin, Incoming<T> incoming, Handling handling, Lease lease) {
        for (int attempt = 1; ; attempt++) {
            try {
                lease.ensureHeld();
                metrics.timed(() -> {
                    handler.handle(incoming, lease);
                    return null;
                });
                metrics.handled(1);
                return new Verdict.Accept();
            } catch (InterruptedException | LeaseLostException | DrainedException e) {
                return new Verdict.Release();
            } catch (PermanentEventException e) {
                return reject(origin, handling, e, attempt);
            } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
                if (!lease.isHeld()) {
                    return new Verdict.Release();
                }
                LOG.warn(
                        "{}: attempt {} of {} in delivery {} of {} failed for {}: {}",
                        worker,
                        attempt,
                        settings.maxAttempts(),
                        incoming.delivery(),
                        settings.deliveryLimit(),
                        incoming.key(),
                        e.toString());
                if (attempt == settings.maxAttempts()) {
                    return incoming.delivery() < settings.deliveryLimit()
                            ? new Verdict.Release()
                            : reject(origin, handling, e, incoming.delivery() * settings.maxAttempts());
                }
            }
            try {
                pause.pause(settings.backoff().after(attempt));
            } catch (DrainedException e) {
                return new Verdict.Release();
            }
        }
    }

    private PermanentEventException limitReached(Incoming<T> incoming) {
        return new PermanentEventException(
                FailureType.DELIVERY_LIMIT_REACHED,
                "the event was delivered " + (incoming.delivery() - 1)
                        + " times and no worker finished it; the limit is " + settings.deliveryLimit());
    }

    private Verdict reject(ConsumerRecord<byte[], byte[]> origin, Handling handling, Throwable error, int attempts) {
        String jobId = codec.readableJobId(origin.value(), origin.headers()).orElse(null);
        WorkScope scope = handling.about(WorkNames.of(topic, jobId)).scope();
        try (scope) {
            DeadLetter letter = new DeadLetter(origin, jobId, worker, error, attempts);
            LOG.warn("{}: dead letter {}", worker, letter);
            metrics.deadLetter(letter);
            handling.failed(letter.errorType());
            return new Verdict.Reject(letter);
        }
    }
}
