package io.surstream.gateway.view;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Records that the view leaves out: each is counted, and the first of a kind is logged as a warning. Thread-safe. */
public final class SkippedRecords {

    private static final Logger LOG = Logger.getLogger(SkippedRecords.class);

    private final MeterRegistry meters;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public SkippedRecords(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param reason one of few, upper snake case
     * @param detail for people and for the log: quotes nothing of the record
     */
    public void skip(String topic, String reason, String detail) {
        Meters.counter(meters, Metric.VIEW_SKIPPED, topic, reason).increment();
        Logger.Level level = told.add(topic + ' ' + reason) ? Logger.Level.WARN : Logger.Level.DEBUG;
        LOG.logf(
                level,
                "the job view leaves out a record of %s (%s): %s; others of this kind are only counted",
                topic,
                reason,
                detail);
    }
}
