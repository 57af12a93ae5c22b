package io.surstream.gateway.jobs;

import io.surstream.v1.EarlyFailures;
import io.surstream.v1.Job;
import io.surstream.v1.JobEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps the {@link EarlyFailures} of a job: all are shown as FAILED, and none of them moves the job on for good. Pure. */
public final class EarlyFailureRules {

    /** Of different requests; a job must fit into a record. */
    private static final int MOST = 8;

    /** Bytes. Texts are cut before; timings may be many. */
    private static final int MOST_OF_ONE = 32 << 10;

    private EarlyFailureRules() {}

    /** Whether all that is known of the job is how requests failed, and the submitted job is none of those. */
    public static boolean giveWay(Job known, Job submitted) {
        return known.hasEarlyFailures()
                && ofRequest(of(known), submitted.getRequestSha256()).isEmpty();
    }

    /** @return the job as it is known without its early failures; null where nothing else is known */
    static Job without(Job job) {
        if (job == null || !job.hasEarlyFailures()) {
            return job;
        }
        return job.getEarlyFailures().hasJob() ? job.getEarlyFailures().getJob() : null;
    }

    static List<JobEvent> of(Job job) {
        return job == null ? List.of() : job.getEarlyFailures().getFailuresList();
    }

    /** Each request's first failure counts. */
    static List<JobEvent> added(List<JobEvent> failures, JobChange.Sampled failure) {
        boolean known = !ofRequest(failures, failure.requestSha256()).isEmpty();
        if (known || failures.size() == MOST) {
            return failures;
        }
        JobEvent jobEvent = JobEvent.newBuilder()
                .setAtMs(failure.atMs())
                .setSampled(failure.event())
                .build();
        if (jobEvent.getSerializedSize() > MOST_OF_ONE) {
            jobEvent = jobEvent.toBuilder()
                    .setSampled(failure.event().toBuilder().clearTimings())
                    .build();
        }
        List<JobEvent> all = new ArrayList<>(failures);
        all.add(jobEvent);
        return all;
    }

    static List<JobChange> ofRequest(List<JobEvent> failures, String requestSha256) {
        return failures.stream()
                .map(EarlyFailureRules::event)
                .filter(failure -> failure.requestSha256().equals(requestSha256))
                .toList();
    }

    static JobChange event(JobEvent failure) {
        return new JobChange.Sampled(failure.getSampled(), failure.getAtMs());
    }

    /** @param without null where nothing else is known */
    static Job attached(Job shown, Job without, List<JobEvent> failures) {
        EarlyFailures.Builder early = EarlyFailures.newBuilder().addAllFailures(failures);
        if (without != null) {
            early.setJob(without);
        }
        return shown.toBuilder().setEarlyFailures(early).build();
    }
}
