package io.surstream.streaming.client;

import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.tracing.EventTracer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes events outside of any transaction: idempotent, without lingering. Thread-safe. Every call answers with a
 * stage that completes when the cluster has the events, or exceptionally when it has not; the caller must check it.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final RecordWriter writer;
    private final EventTracer tracer;
    private final ClientMeters metrics;

    public EventPublisher(
            Producer<byte[], byte[]> producer, RecordWriter writer, EventTracer tracer, ClientMeters metrics) {
        this.producer = producer;
        this.writer = writer;
        this.tracer = tracer;
        this.metrics = metrics;
    }

    /** Completes exceptionally with {@link OversizedEventException} or the client's Kafka exception. */
    public CompletionStage<Void> publish(Outgoing outgoing) {
        try {
            return send(writer.event(outgoing));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Completes when all have arrived; events of one key keep their order. */
    public CompletionStage<Void> publishAll(List<Outgoing> events) {
        return CompletableFuture.allOf(events.stream()
                .map(event -> publish(event).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** A letter and the failure events that go with it. */
    public CompletionStage<Void> publish(DeadLetter letter, List<Outgoing> failureEvents) {
        CompletionStage<Void> sent = send(writer.deadLetter(letter));
        return publishAll(failureEvents).thenCombine(sent, (events, own) -> own);
    }

    private CompletionStage<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            tracer.send(producer, record, (metadata, error) -> {
                if (error == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(ProducerErrors.answer(error));
                }
            });
        } catch (RuntimeException e) {
            done.completeExceptionally(ProducerErrors.answer(e));
        }
        return done;
    }

    /** Blocks until everything published so far has arrived or failed. */
    public void flush() {
        producer.flush();
    }

    /** Flushes within 10 s; what has not arrived by then completes exceptionally. */
    @Override
    public void close() {
        metrics.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
