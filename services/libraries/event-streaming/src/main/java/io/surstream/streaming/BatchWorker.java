package io.surstream.streaming;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes, transforms and produces exactly once: micro-batches of a consumer group go through a handler, and its events are
 * published in the transaction that commits the batch. One thread polls and handles, so a rebalance never meets a half-done
 * batch. Readers with {@code isolation.level=read_committed} see each result once.
 *
 * @param <T> the incoming event
 */
public final class BatchWorker<T extends Message> implements EventWorker {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

    private final String name;
    private final String topic;
    private final BatchSettings settings;
    private final BatchProcess<T> process;
    private final Supplier<BatchSession> sessions;
    private final WorkerMetrics metrics;
    private final LoopState state;
    private final AtomicReference<BatchSession> current = new AtomicReference<>();
    private final Thread thread;

    BatchWorker(
            WorkerDefinition<T> definition,
            BatchHandler<T> handler,
            BatchSettings settings,
            String topic,
            RecordWriter writer,
            WorkerMetrics metrics,
            Supplier<BatchSession> sessions) {
        this.name = definition.name();
        this.topic = topic;
        this.settings = settings;
        this.sessions = sessions;
        this.metrics = metrics;
        this.state = new LoopState(name, settings.silence());
        this.process = new BatchProcess<>(definition, handler, settings, writer, metrics, state);
        this.thread = new Thread(this::run, name);
    }

    BatchWorker<T> start() {
        thread.start();
        return this;
    }

    private void run() {
        int failures = 0;
        try {
            while (!state.isClosing()) {
                long opened = System.nanoTime();
                state.beat();
                try (BatchSession session = sessions.get()) {
                    current.set(session);
                    session.open(topic);
                    serve(session);
                } catch (WakeupException e) {
                    // Closing.
                    continue;
                } catch (DrainedException e) {
                    LOG.info("{}: {}", name, e.getMessage());
                } catch (RuntimeException e) {
                    boolean wasHealthy =
                            System.nanoTime() - opened > settings.silence().toNanos();
                    failures = wasHealthy ? 1 : failures + 1;
                    reconnectLater(e, failures);
                }
            }
        } catch (DrainedException e) {
            LOG.debug("{}: closed while waiting", name);
        } catch (Throwable e) {
            LOG.error("{}: stopped by an error; the process should be restarted", name, e);
        } finally {
            state.stopped();
        }
    }

    private void serve(BatchSession session) {
        while (!state.isClosing()) {
            List<ConsumerRecord<byte[], byte[]>> batch = session.poll();
            state.beat();
            state.ready(true);
            if (!batch.isEmpty()) {
                finish(session, batch);
                state.beat();
            }
        }
    }

    private void finish(BatchSession session, List<ConsumerRecord<byte[], byte[]>> batch) {
        List<ProducerRecord<byte[], byte[]>> results = process.process(batch);
        try {
            session.commit(batch, results);
        } catch (CommitFailedException e) {
            // The group rebalanced under the batch. Nothing was published: whoever has the partitions now repeats it.
            LOG.info("{}: a rebalance overtook a batch of {}, which is handled again", name, batch.size());
            session.rewind();
        }
    }

    private void reconnectLater(RuntimeException e, int failures) {
        state.ready(false);
        metrics.reconnected();
        Duration wait = settings.backoff().after(failures);
        LOG.warn("{}: connects again in {} after {}", name, wait, e.toString());
        state.pause(wait);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration pollAge() {
        return state.age();
    }

    @Override
    public boolean isLive() {
        return state.isLive();
    }

    @Override
    public boolean isReady() {
        return state.isReady();
    }

    /** Finishes and commits the batch in hand; after the drain time it is abandoned and another worker gets it. */
    @Override
    public void close() {
        state.close();
        BatchSession session = current.get();
        if (session != null) {
            session.wakeup();
        }
        Joining.join(thread, settings.drain());
    }
}
