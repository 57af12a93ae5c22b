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
import io.surstream.streaming.loop.Sleeper;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.streaming.tracing.LogAttributes;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.RecordSpan;
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
    private final Sleeper pause;

    public ShareProcess(
            WorkerDefinition<T> definition,
            ShareHandler<T> handler,
            ShareSettings settings,
            EventTracer tracer,
            WorkerMetrics metrics,
            Sleeper pause) {
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
    public Acknowledgement work(ConsumerRecord<byte[], byte[]> origin, AcquisitionLock lock) {
        try (RecordSpan recordSpan = tracer.recordSpan(origin, Optional.of(settings.group()))) {
            Acknowledgement verdict = decide(origin, recordSpan, lock);
            if (verdict instanceof Acknowledgement.Release) {
                recordSpan.failed("RELEASED");
            }
            return verdict;
        }
    }

    private Acknowledgement decide(ConsumerRecord<byte[], byte[]> origin, RecordSpan recordSpan, AcquisitionLock lock) {
        Incoming<T> incoming;
        try {
            incoming = IncomingReader.read(codec, origin, recordSpan);
        } catch (MalformedEventException e) {
            return reject(origin, recordSpan, e, 1);
        }
        LogContext scope = recordSpan.scope();
        try (scope) {
            return decide(origin, incoming, recordSpan, lock);
        }
    }

    private Acknowledgement decide(
            ConsumerRecord<byte[], byte[]> origin, Incoming<T> incoming, RecordSpan recordSpan, AcquisitionLock lock) {
        metrics.batch(1);
        metrics.queued(incoming.recordedAt(), Instant.now());
        if (incoming.delivery() > 1) {
            metrics.redelivered();
        }
        if (incoming.delivery() > settings.deliveryLimit()) {
            return reject(origin, recordSpan, limitReached(incoming), incoming.delivery() - 1);
        }
        return tryRepeatedly(origin, incoming, recordSpan, lock);
    }

    private Acknowledgement tryRepeatedly(
            ConsumerRecord<byte[], byte[]> origin, Incoming<T> incoming, RecordSpan recordSpan, AcquisitionLock lock) {
        for (int attempt = 1; ; attempt++) {
            try {
                lock.ensureHeld();
                metrics.timed(() -> {
                    handler.handle(incoming, lock);
                    return null;
                });
                metrics.handled(1);
                return new Acknowledgement.Accept();
            } catch (InterruptedException | AcquisitionLockLostException | DrainedException e) {
                return new Acknowledgement.Release();
            } catch (PermanentEventException e) {
                return reject(origin, recordSpan, e, attempt);
            } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
                if (!lock.isHeld()) {
                    return new Acknowledgement.Release();
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
                            ? new Acknowledgement.Release()
                            : reject(origin, recordSpan, e, incoming.delivery() * settings.maxAttempts());
                }
            }
            try {
                pause.pause(settings.backoff().after(attempt));
            } catch (DrainedException e) {
                return new Acknowledgement.Release();
            }
        }
    }

    private PermanentEventException limitReached(Incoming<T> incoming) {
        return new PermanentEventException(
                FailureType.DELIVERY_LIMIT_REACHED,
                "the event was delivered " + (incoming.delivery() - 1)
                        + " times and no worker finished it; the limit is " + settings.deliveryLimit());
    }

    private Acknowledgement reject(
            ConsumerRecord<byte[], byte[]> origin, RecordSpan recordSpan, Throwable error, int attempts) {
        String jobId = codec.readableJobId(origin.value(), origin.headers()).orElse(null);
        LogContext scope = recordSpan.about(LogAttributes.of(topic, jobId)).scope();
        try (scope) {
            DeadLetter letter = new DeadLetter(origin, jobId, worker, error, attempts);
            LOG.warn("{}: dead letter {}", worker, letter);
            metrics.deadLetter(letter);
            recordSpan.failed(letter.errorType());
            return new Acknowledgement.Reject(letter);
        }
    }
}
