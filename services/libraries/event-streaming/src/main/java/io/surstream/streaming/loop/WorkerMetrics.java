package io.surstream.streaming.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.streaming.deadletter.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** One worker's meters; all but dead letters are there from its start on. */
public final class WorkerMetrics {

    private static final double MILLIS = 1e3;

    private final MeterRegistry registry;
    private final String worker;
    private final DistributionSummary batchSize;
    private final Timer queueTime;
    private final Timer handling;
    private final Counter handled;
    private final Counter redelivered;
    private final Counter lostLocks;
    private final Counter reconnections;

    public WorkerMetrics(MeterRegistry registry, String worker) {
        this.registry = registry;
        this.worker = worker;
        this.batchSize = Meters.summary(registry, Metric.BATCH_SIZE, worker);
        this.queueTime = Meters.timer(registry, Metric.QUEUE_TIME, worker);
        this.handling = Meters.timer(registry, Metric.HANDLING, worker);
        this.handled = Meters.counter(registry, Metric.HANDLED, worker);
        this.redelivered = Meters.counter(registry, Metric.REDELIVERED, worker);
        this.lostLocks = Meters.counter(registry, Metric.LOST_LOCKS, worker);
        this.reconnections = Meters.counter(registry, Metric.RECONNECTIONS, worker);
    }

    /** Tells from now on when the worker last gave a sign of life. */
    public void watch(EventWorker running) {
        Meters.gauge(
                registry,
                Metric.LAST_POLL,
                running,
                one -> (System.currentTimeMillis() - one.pollAge().toMillis()) / MILLIS,
                worker);
    }

    public void batch(int size) {
        batchSize.record(size);
    }

    public void queued(Instant recordedAt, Instant now) {
        Duration age = Duration.between(recordedAt, now);
        queueTime.record(age.isNegative() ? Duration.ZERO : age);
    }

    public <V> V timed(Callable<V> work) throws Exception {
        return handling.recordCallable(work);
    }

    public void handled(int events) {
        handled.increment(events);
    }

    public void deadLetter(DeadLetter letter) {
        Meters.counter(registry, Metric.DEAD_LETTERS, worker, letter.originTopic(), letter.errorType())
                .increment();
    }

    public void redelivered() {
        redelivered.increment();
    }

    public void lostLease() {
        lostLocks.increment();
    }

    public void reconnected() {
        reconnections.increment();
    }
}
