package io.surstream.gateway.admission;

import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobReducer;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.KnownJobs;
import io.surstream.gateway.problem.ProblemException;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes jobs in, shows them, and takes them back. Thread-safe. */
public final class JobService {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final KnownJobs jobs;
    private final JobPublisher publisher;
    private final int maxInFlight;
    private final Clock clock;

    /** @param maxInFlight jobs that may be under way before new ones are refused with 429 */
    public JobService(KnownJobs jobs, JobPublisher publisher, int maxInFlight, Clock clock) {
        this.jobs = jobs;
        this.publisher = publisher;
        this.maxInFlight = maxInFlight;
        this.clock = clock;
    }

    /**
     * A job as the client sees it after its submission.
     *
     * @param isNew false when the idempotency key had named the job before; nothing was published then
     */
    public record Receipt(Job job, boolean isNew) {}

    /**
     * @param request a submission without job id and time
     * @param traceparent W3C trace context of the request, when it has one
     * @throws ProblemException 422 when the key names another request, 429 when too many jobs are in flight, 503 when
     *     the broker cannot be reached
     */
    public Receipt submit(
            PromptSubmitted.Builder request, Optional<String> idempotencyKey, Optional<String> traceparent) {
        String jobId = idempotencyKey.map(JobIds::ofKey).orElseGet(JobIds::fresh);
        long now = clock.millis();
        PromptSubmitted event = request.setJobId(jobId).setSubmittedAtMs(now).build();
        Job job = JobReducer.apply(null, new JobChange.Submitted(event, now));
        int before = jobs.inFlight();
        Optional<Job> known = jobs.claim(job);
        if (known.isPresent()) {
            return repeated(known.get(), job, idempotencyKey.orElse(""));
        }
        try {
            if (before >= maxInFlight) {
                throw ProblemException.tooManyJobs(before, maxInFlight, RETRY_AFTER_SECONDS);
            }
            publisher.submitted(event, traceparent);
        } catch (JobPublisher.PublishException e) {
            jobs.release(job);
            throw ProblemException.unavailable("the job could not be handed to Kafka", e);
        } catch (RuntimeException e) {
            jobs.release(job);
            throw e;
        }
        return new Receipt(job, true);
    }

    private static Receipt repeated(Job known, Job asked, String key) {
        requireNotPurged(known);
        boolean requestSeen = !known.getRequestSha256().isEmpty();
        if (requestSeen && !known.getRequestSha256().equals(asked.getRequestSha256())) {
            throw ProblemException.keyReused(key, known.getJobId());
        }
        return new Receipt(known, false);
    }

    /** @throws ProblemException 404 for an id this view does not know, 410 for a job that was purged */
    public Job find(String jobId) {
        Job job = known(jobId);
        requireNotPurged(job);
        return job;
    }

    private Job known(String jobId) {
        return jobs.find(jobId).orElseThrow(() -> ProblemException.unknownJob(jobId));
    }

    private static void requireNotPurged(Job job) {
        if (job.getState() == State.PURGED) {
            throw ProblemException.purged(job.getJobId());
        }
    }

    /**
     * Removes a job that has ended. Doing it again changes nothing.
     *
     * @param images removes the job's images; called first, so that a failure can be repaired by doing it again
     * @throws ProblemException 404 for an unknown job, 409 for one that has not ended, 503 when the broker cannot be
     *     reached
     */
    public void purge(String jobId, Consumer<String> images) {
        Job job = known(jobId);
        if (!JobStates.ended(job)) {
            throw ProblemException.stillRunning(job);
        }
        images.accept(jobId);
        if (job.getState() == State.PURGED) {
            return;
        }
        try {
            publisher.purged(jobId, clock.millis());
        } catch (JobPublisher.PublishException e) {
            throw ProblemException.unavailable("the removal could not be handed to Kafka", e);
        }
    }

    /**
     * Asks the workers to drop a job. Asking again changes nothing.
     *
     * @return the job as it will be when the view has received it
     * @throws ProblemException 404 for an unknown job, 409 for one that succeeded or failed
     */
    public Job cancel(String jobId, String reason) {
        Job job = find(jobId);
        if (job.getState() == State.CANCELLED) {
            return job;
        }
        if (JobStates.ended(job)) {
            throw ProblemException.ended(job);
        }
        PromptCancelled event =
                PromptCancelled.newBuilder().setJobId(jobId).setReason(reason).build();
        try {
            publisher.cancelled(event);
        } catch (JobPublisher.PublishException e) {
            throw ProblemException.unavailable("the cancellation could not be handed to Kafka", e);
        }
        return JobReducer.apply(job, new JobChange.Cancelled(event, clock.millis()));
    }
}
