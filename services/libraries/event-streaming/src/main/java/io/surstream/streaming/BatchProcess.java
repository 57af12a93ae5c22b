package io.surstream.streaming;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a batch of records becomes: the handler's events, and dead letters for records that no one can use. A failing batch is
 * repeated, then taken apart record by record, so that one bad record never stops the others. Knows no broker.
 */
final class BatchProcess<T extends Message> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcess.class);

    private record Decoded<T extends Message>(ConsumerRecord<byte[], byte[]> origin, Incoming<T> incoming) {}

    private final String worker;
    private final EventCodec<T> codec;
    private final BatchHandler<T> handler;
    private final DeadLetterListener listener;
    private final BatchSettings settings;
    private final RecordWriter writer;
    private final WorkerMetrics metrics;
    private final Pause pause;

    BatchProcess(
            WorkerDefinition<T> definition,
            BatchHandler<T> handler,
            BatchSettings settings,
            RecordWriter writer,
            WorkerMetrics metrics,
            Pause pause) {
        this.worker = definition.name();
        this.codec = definition.codec();
        this.listener = definition.listener();
        this.handler = handler;
        this.settings = settings;
        this.writer = writer;
        this.metrics = metrics;
        this.pause = pause;
    }

    /**
     * @return records to send in the transaction that commits the batch
     * @throws DrainedException when the worker closes before the batch is through
     */
    List<ProducerRecord<byte[], byte[]>> process(List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
        List<Decoded<T>> decoded = new ArrayList<>(batch.size());
        for (ConsumerRecord<byte[], byte[]> origin : batch) {
            try {
                decoded.add(new Decoded<>(origin, IncomingReader.read(codec, origin)));
            } catch (MalformedEventException e) {
                results.addAll(deadLetter(origin, e, 1));
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
                        metrics.timed(() -> writer.events(handler.handle(events)));
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

    private List<ProducerRecord<byte[], byte[]>> sorted(
            List<Decoded<T>> batch, RejectedEventsException outcome, int attempt) {
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>(writer.events(outcome.events()));
        int rejected = 0;
        for (Decoded<T> each : batch) {
            PermanentEventException reason = outcome.reason(each.incoming());
            if (reason != null) {
                results.addAll(deadLetter(each.origin(), reason, attempt));
                rejected++;
            }
        }
        metrics.handled(batch.size() - rejected);
        return results;
    }

    private List<ProducerRecord<byte[], byte[]>> giveUp(List<Decoded<T>> batch, Throwable error, int attempts) {
        if (batch.size() == 1) {
            return deadLetter(batch.get(0).origin(), error, attempts);
        }
        LOG.warn("{}: a batch of {} failed, each event is tried alone: {}", worker, batch.size(), error.toString());
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
        for (Decoded<T> alone : batch) {
            results.addAll(handle(List.of(alone)));
        }
        return results;
    }

    private List<ProducerRecord<byte[], byte[]>> deadLetter(
            ConsumerRecord<byte[], byte[]> origin, Throwable error, int attempts) {
        String jobId = codec.readableJobId(origin.key(), origin.value()).orElse(null);
        DeadLetter letter = new DeadLetter(origin, jobId, worker, error, attempts);
        LOG.warn("{}: dead letter {}", worker, letter);
        metrics.deadLetter(letter);
        List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
        results.add(writer.deadLetter(letter));
        results.addAll(writer.events(listener.failureEvents(letter)));
        return results;
    }
}
