package io.surstream.gateway.jobs;

import static io.surstream.gateway.jobs.JobStates.ended;
import static io.surstream.gateway.jobs.JobStates.rank;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.ServiceName;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import java.time.Duration;
import java.util.Set;

/**
 * How old jobs are when a stage is done with them. A stage that is overtaken by the next one's news counts with it. Jobs
 * whose submission is not known are left out. Thread-safe.
 */
public final class JobMeters {

    static final String ENCODER = ServiceName.PROMPT_ENCODER.label();
    static final String SAMPLER = ServiceName.IMAGE_SAMPLER.label();

    private final MeterRegistry meters;

    public JobMeters(MeterRegistry meters) {
        this.meters = meters;
        Meters.timer(meters, Metric.JOB_DURATION, ENCODER, "succeeded");
        for (String outcome : Set.of("succeeded", "failed", "cancelled")) {
            Meters.timer(meters, Metric.JOB_DURATION, SAMPLER, outcome);
        }
    }

    /**
     * @param before null for a job's first event
     * @param atMs time of the event that led from one to the other
     */
    public void changed(Job before, Job after, long atMs) {
        Job known = EarlyFailureRules.without(before);
        State last = known == null ? State.STATE_UNSPECIFIED : known.getState();
        if (after.getSubmittedAtMs() == 0) {
            return;
        }
        boolean encodedNow = rank(last) < rank(State.ENCODED) && isEncoded(after.getState());
        if (encodedNow) {
            record(after, atMs, ENCODER, "succeeded");
        }
        if (ended(after.getState()) && !ended(last)) {
            record(after, atMs, lastStage(last, after), outcome(after.getState()));
        }
    }

    private static boolean isEncoded(State state) {
        return state == State.ENCODED || state == State.SAMPLING || state == State.SUCCEEDED;
    }

    private static String lastStage(State last, Job ended) {
        return switch (ended.getState()) {
            case SUCCEEDED -> SAMPLER;
            case FAILED -> ended.getFailure().getStage().equals(ENCODER) ? ENCODER : SAMPLER;
            default -> rank(last) < rank(State.ENCODED) ? ENCODER : SAMPLER;
        };
    }

    private static String outcome(State end) {
        return switch (end) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            default -> "cancelled";
        };
    }

    private void record(Job job, long atMs, String stage, String outcome) {
        Meters.timer(meters, Metric.JOB_DURATION, stage, outcome)
                .record(Duration.ofMillis(Math.max(0, atMs - job.getSubmittedAtMs())));
    }
}
