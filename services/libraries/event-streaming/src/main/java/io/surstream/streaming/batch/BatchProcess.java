package io.surstream.streaming.batch;

import com.google.protobuf.Message;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.IncomingReader;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a batch of records becomes: the handler's events, and dead letters for records that no one can use. A failing batch is
 * repeated, then taken apart record by record, so that one bad record never stops the others. Knows no broker.
 */
public final class BatchProcess<T extends Message> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcess.class);

    private record Decoded<T extends Message>(Delivery delivery, Incoming<T> incoming) {}

    private record Delivery(ConsumerRecord<byte[], byte[]> origin, RecordSpan recordSpan) {}

    private final String worker;
    private final Topic topic;
    private final EventCodec<T> codec;
    private final BatchHandler<T> handler;
    private final DeadLetterListener listener;
    private final BatchSettings settings;
    private final RecordWriter writer;
    private final EventTracer tracer;
    private final WorkerMetrics metrics;
    private final Sleeper pause;

    public BatchProcess(
            WorkerDefinition<T> definition,
            BatchHandler<T> handler,
            BatchSettings settings,
            RecordWriter writer,
            EventTracer tracer,
            WorkerMetrics metrics,
            Sleeper pause) {
        this.worker = definition.name();
        this.topic = definition.topic();
        this.codec = definition.codec();
        this.listener = definition.listener();
        this.handler = handler;
        this.settings = settings;
        this.writer = writer;
        this.tracer = tracer;
        this.metrics = metrics;
        this.pause = pause;
    }

    /**
     * @return records to send in the transaction that commits the batch
     * @throws DrainedException when the worker closes before the batch is through
     */
    public List<ProducerRecord<byte[], byte[]>> process(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<Delivery> deliveries = batch.stream()
                .map(origin -> new Delivery(origin, tracer.recordSpan(origin, Optional.of(settings.group()))))
                .toList();
        try {
            return decodeAndHandle(deliveries);
        } finally {
            deliveries.forEach(delivery -> delivery.recordSpan().close());
        }
    }

    private List<ProducerRecord<byte[], byte[]>> decodeAndHandle(List<Delivery> batch) {
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
        List<Decoded<T>> decoded = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            try {
                decoded.add(
                        new Decoded<>(delivery, IncomingReader.read(codec, delivery.origin(), delivery.recordSpan())));
            } catch (MalformedEventException e) {
                results.addAll(deadLetter(delivery, e, 1));
            }
        }
        if (!decoded.isEmpty()) {
            metrics.batch(decoded.size());
            decoded.forEach(each -> metrics.queued(each.incoming().recordedAt(), Instant.now()));
            results.addAll(handle(decoded));
        }
        return results;
    }

    private List<ProducerRecord<byte[], byte[]>> handle(List<Decoded<T>> batch) {
        List<Incoming<T>> events = batch.stream().map(Decoded::incoming).toList();
        for (int attempt = 1; ; attempt++) {
            try {
                List<ProducerRecord<byte[], byte[]>> results =
                        metrics.timed(() -> writer.events(attempt(batch, events)));
                metrics.handled(events.size());
                return results;
            } catch (RejectedEventsException e) {
                return sorted(batch, e, attempt);
            } catch (InterruptedException | DrainedException e) {
                throw new DrainedException(worker);
            } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
                if (e instanceof PermanentEventException || attempt == settings.maxAttempts()) {
                    return giveUp(batch, e, attempt);
                }
                LOG.warn(
                        "{}: attempt {} of {} failed for {} events: {}",
                        worker,
                        attempt,
                        settings.maxAttempts(),
                        batch.size(),
                        e.toString());
                pause.pause(settings.backoff().after(attempt));
            }
        }
    }

    /** Alone in its batch, an event has the thread to itself; among others, its handler opens the scope where it works for one. */
    private List<Outgoing> attempt(List<Decoded<T>> batch, List<Incoming<T>> events) throws Exception {
        if (batch.size() > 1) {
            LogContext together = tracer.together(
                            events.get(0).topic(),
                            batch.stream()
                                    .map(each -> each.delivery().recordSpan())
                                    .toList())
                    .scopeToEnd();
            try (together) {
                return handler.handle(events);
            }
        }
        LogContext scope = batch.get(0).delivery().recordSpan().scope();
        try (scope) {
            return handler.handle(events);
        }
    }

    private List<ProducerRecord<byte[], byte[]>> sorted(
            List<Decoded<T>> batch, RejectedEventsException outcome, int attempt) {
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>(writer.events(outcome.events()));
        int rejected = 0;
        for (Decoded<T> each : batch) {
            PermanentEventException reason = outcome.reason(each.incoming());
            if (reason != null) {
                results.addAll(deadLetter(each.delivery(), reason, attempt));
                rejected++;
            }
        }
        metrics.handled(batch.size() - rejected);
        return results;
    }

    private List<ProducerRecord<byte[], byte[]>> giveUp(List<Decoded<T>> batch, Throwable error, int attempts) {
        if (batch.size() == 1) {
            return deadLetter(batch.get(0).delivery(), error, attempts);
        }
        LOG.warn("{}: a batch of {} failed, each event is tried alone: {}", worker, batch.size(), error.toString());
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
        for (Decoded<T> alone : batch) {
            results.addAll(handle(List.of(alone)));
        }
        return results;
    }

    private List<ProducerRecord<byte[], byte[]>> deadLetter(Delivery delivery, Throwable error, int attempts) {
        ConsumerRecord<byte[], byte[]> origin = delivery.origin();
        String jobId = codec.readableJobId(origin.value(), origin.headers()).orElse(null);
        LogContext scope =
                delivery.recordSpan().about(LogAttributes.of(topic, jobId)).scope();
        try (scope) {
            DeadLetter letter = new DeadLetter(origin, jobId, worker, error, attempts);
            LOG.warn("{}: dead letter {}", worker, letter);
            metrics.deadLetter(letter);
            delivery.recordSpan().failed(letter.errorType());
            List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
            results.add(writer.deadLetter(letter));
            results.addAll(writer.events(listener.failureEvents(letter)));
            return results;
        }
    }
}
