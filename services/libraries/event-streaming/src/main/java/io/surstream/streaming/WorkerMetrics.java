package io.surstream.streaming;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** One worker's meters, all under {@code surstream.events} with the worker's name as tag. */
final class WorkerMetrics {

    private final MeterRegistry registry;
    private final Tags tags;
    private final DistributionSummary batchSize;
    private final Timer queueAge;
    private final Timer handling;

    WorkerMetrics(MeterRegistry registry, String worker) {
        this.registry = registry;
        this.tags = Tags.of("worker", worker);
        this.batchSize = DistributionSummary.builder("surstream.events.batch.size")
                .description("Events handled together")
                .tags(tags)
                .register(registry);
        this.queueAge = Timer.builder("surstream.events.queue.age")
                .description("Time from a record's timestamp to its handling")
                .tags(tags)
                .register(registry);
        this.handling = Timer.builder("surstream.events.handling")
                .description("Time in the handler")
                .tags(tags)
                .register(registry);
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
        registry.counter("surstream.events.handled", tags).increment(events);
    }

    void deadLetter(String errorType) {
        registry.counter("surstream.events.dead.letters", tags.and("type", errorType))
                .increment();
    }

    void redelivered() {
        registry.counter("surstream.events.redelivered", tags).increment();
    }

    void lostLease() {
        registry.counter("surstream.events.leases.lost", tags).increment();
    }

    void reconnected() {
        registry.counter("surstream.events.reconnections", tags).increment();
    }
}
