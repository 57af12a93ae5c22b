package io.surstream.streaming;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** One worker's meters; all but dead letters are there from its start on. */
final class WorkerMetrics {

    private static final double MILLIS = 1e3;

    private final MeterRegistry registry;
    private final String worker;
    private final DistributionSummary batchSize;
    private final Timer queueAge;
    private final Timer handling;
    private final Counter handled;
    private final Counter redelivered;
    private final Counter lostLeases;
    private final Counter reconnections;

    WorkerMetrics(MeterRegistry registry, String worker) {
        this.registry = registry;
        this.worker = worker;
        this.batchSize = Meters.summary(registry, Metric.BATCH_SIZE, worker);
        this.queueAge = Meters.timer(registry, Metric.QUEUE_AGE, worker);
        this.handling = Meters.timer(registry, Metric.HANDLING, worker);
        this.handled = Meters.counter(registry, Metric.HANDLED, worker);
        this.redelivered = Meters.counter(registry, Metric.REDELIVERED, worker);
        this.lostLeases = Meters.counter(registry, Metric.LOST_LEASES, worker);
        this.reconnections = Meters.counter(registry, Metric.RECONNECTIONS, worker);
    }

    /** Tells from now on when the worker last gave a sign of life. */
    void watch(EventWorker running) {
        Meters.gauge(
                registry,
                Metric.LAST_POLL,
                running,
                one -> (System.currentTimeMillis() - one.pollAge().toMillis()) / MILLIS,
                worker);
    }

    void batch(int size) {
        batchSize.record(size);
    }

    void queued(Instant recordedAt, Instant now) {
        Duration age = Duration.between(recordedAt, now);
        queueAge.record(age.isNegative() ? Duration.ZERO : age);
    }

    <V> V timed(Callable<V> work) throws Exception {
        return handling.recordCallable(work);
    }

    void handled(int events) {
        handled.increment(events);
    }

    void deadLetter(DeadLetter letter) {
        Meters.counter(registry, Metric.DEAD_LETTERS, worker, letter.originTopic(), letter.errorType())
                .increment();
    }

    void redelivered() {
        redelivered.increment();
    }

    void lostLease() {
        lostLeases.increment();
    }

    void reconnected() {
        reconnections.increment();
    }
}
