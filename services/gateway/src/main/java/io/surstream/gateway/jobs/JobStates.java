package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import io.surstream.v1.Job.State;

/**
 * The order of a job's states. A job only ever moves up in rank, so events may arrive in any order across topics:
 *
 * <pre>
 * SUBMITTED → ENCODED → SAMPLING → CANCELLED → FAILED → SUCCEEDED → PURGED
 * </pre>
 *
 * Every state may skip to any later one. CANCELLED and what follows end a job. They are ordered too, because a request
 * to cancel ends the job for its user immediately while a sampler may be storing the last image at that moment: what
 * the workers report wins over the request, and images that exist win over a failure.
 */
public final class JobStates {

    private JobStates() {}

    public static int rank(State state) {
        return switch (state) {
            case SUBMITTED -> 1;
            case ENCODED -> 2;
            case SAMPLING -> 3;
            case CANCELLED -> 4;
            case FAILED -> 5;
            case SUCCEEDED -> 6;
            case PURGED -> 7;
            case STATE_UNSPECIFIED, UNRECOGNIZED -> 0;
        };
    }

    public static boolean ended(State state) {
        return rank(state) >= rank(State.CANCELLED);
    }

    public static boolean ended(Job job) {
        return ended(job.getState());
    }

    public static boolean mayFollow(State current, State next) {
        return rank(next) > rank(current);
    }

    /**
     * Grows whenever a job makes progress: rank of the state, then steps done. Two snapshots of one job are compared by
     * it, and it is the id of the server-sent event that carries the snapshot. {@link EarlyFailureRules Early failures}
     * add nothing to it, as they may give way.
     */
    public static long version(Job job) {
        if (job.hasEarlyFailures()) {
            return version(job.getEarlyFailures().getJob());
        }
        return ((long) rank(job.getState()) << 32) | job.getStepsDone();
    }
}
