package io.surstream.streaming.batch;

import com.google.protobuf.Message;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.client.UnreadableRecordsException;
import io.surstream.streaming.loop.LoopWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.tracing.EventTracer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes, transforms and produces exactly once: micro-batches of a consumer group go through a handler, and its events are
 * published in the transaction that commits the batch. One thread polls and handles, so a rebalance never meets a half-done
 * batch. Readers with {@code isolation.level=read_committed} see each result once.
 *
 * @param <T> the incoming event
 */
public final class BatchWorker<T extends Message> extends LoopWorker {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWorker.class);

    private final String topic;
    private final BatchProcess<T> process;
    private final Function<Boolean, BatchSession> sessions;
    private final AtomicReference<BatchSession> current = new AtomicReference<>();
    private boolean careful;

    public BatchWorker(
            WorkerDefinition<T> definition,
            BatchHandler<T> handler,
            BatchSettings settings,
            String topic,
            RecordWriter writer,
            EventTracer tracer,
            WorkerMetrics metrics,
            Function<Boolean, BatchSession> sessions) {
        super(definition.name(), settings.silence(), settings.backoff(), settings.drain(), metrics::reconnected);
        this.topic = topic;
        this.sessions = sessions;
        this.process = new BatchProcess<>(definition, handler, settings, writer, tracer, metrics, state);
    }

    public BatchWorker<T> start() {
        startLoop();
        return this;
    }

    @Override
    protected void connect() {
        try (BatchSession session = sessions.apply(careful)) {
            current.set(session);
            session.open(topic);
            serve(session);
        } catch (UnreadableRecordsException e) {
            // From now on: who sent one may send more.
            careful = true;
            throw e;
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
            // The group rebalanced under the batch. Nothing was published: the partitions' new owner repeats it.
            LOG.info("{}: a rebalance overtook a batch of {}, which is handled again", name(), batch.size());
            session.rewind();
        }
    }

    @Override
    protected void wakeup() {
        BatchSession session = current.get();
        if (session != null) {
            session.wakeup();
        }
    }

    /** Finishes and commits the current batch; after the drain time it is abandoned and another worker gets it. */
    @Override
    public void close() {
        super.close();
    }
}
