package io.surstream.gateway.jobs;

import static io.surstream.gateway.jobs.JobStates.ended;
import static io.surstream.gateway.jobs.JobStates.mayFollow;

import io.surstream.v1.Failure;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.JobEvent;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampledImages;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.StageTiming;
import java.util.List;

/**
 * The job view's state machine as a pure function: a job and an event give the next job.
 *
 * <p>The five topics are ordered each for itself but not among each other, and delivery is at least once. The reducer
 * therefore only moves up in {@link JobStates rank}, keeps the first submission, takes the maximum of progress, and
 * ignores progress after the end: every order of the same events ends in the same job (an unsuccessful job may differ
 * in the step at which it stopped).
 *
 * <p>A job is one request. A failure does not decide which one: it may be that of a record which was refused, and the request
 * that is served comes later. Until then it is kept {@link EarlyFailureRules apart}.
 */
public final class JobReducer {

    private JobReducer() {}

    /**
     * @param current the job so far, null before its first event
     * @return the next job; the same instance when the event changes nothing
     */
    public static Job apply(Job current, JobChange change) {
        if (current != null && current.getState() == State.PURGED) {
            return current;
        }
        if (change instanceof JobChange.Purged) {
            return purged(change);
        }
        Job next;
        if (current != null && !current.getRequestSha256().isEmpty()) {
            // Of another request under the same id: the job keeps its prompt, and never shows another prompt's image.
            boolean foreign =
                    !change.requestSha256().isEmpty() && !change.requestSha256().equals(current.getRequestSha256());
            next = foreign ? current : fold(current, change);
        } else {
            next = beforeItsRequest(current, change);
        }
        return next.equals(current) ? current : next;
    }

    /** While nothing but failures has said which request the job is. */
    private static Job beforeItsRequest(Job current, JobChange change) {
        Job without = EarlyFailureRules.without(current);
        List<JobEvent> failures = EarlyFailureRules.of(current);
        if (change.requestSha256().isEmpty()) {
            return withFailures(fold(without, change), failures);
        }
        if (change instanceof JobChange.Sampled sampled && sampled.isFailure()) {
            return withFailures(without, EarlyFailureRules.added(failures, sampled));
        }
        Job next = fold(without, change);
        for (JobChange own : EarlyFailureRules.ofRequest(failures, change.requestSha256())) {
            next = fold(next, own);
        }
        return next;
    }

    private static Job withFailures(Job without, List<JobEvent> failures) {
        if (failures.isEmpty()) {
            return without;
        }
        return EarlyFailureRules.attached(fold(without, EarlyFailureRules.event(failures.get(0))), without, failures);
    }

    private static Job fold(Job current, JobChange change) {
        Job.Builder job = current == null ? Job.newBuilder().setJobId(change.jobId()) : current.toBuilder();
        if (!change.isFailure() && !change.requestSha256().isEmpty()) {
            job.setRequestSha256(change.requestSha256());
        }
        if (change instanceof JobChange.Submitted submitted) {
            submitted(job, submitted, change.atMs());
        } else if (change instanceof JobChange.Encoded encoded) {
            encoded(job, encoded.event(), change.atMs());
        } else if (change instanceof JobChange.Cancelled cancelled) {
            cancelled(job, cancelled.event().getReason(), change.atMs());
        } else if (change instanceof JobChange.Progressed progressed) {
            progressed(job, progressed.event(), change.atMs());
        } else if (change instanceof JobChange.Sampled sampled) {
            sampled(job, sampled.event(), change.atMs());
        }
        return job.build();
    }

    /** What is left of a job: nothing that it said, and enough to know it by. */
    private static Job purged(JobChange change) {
        return Job.newBuilder()
                .setJobId(change.jobId())
                .setState(State.PURGED)
                .setSubmittedAtMs(change.atMs())
                .setUpdatedAtMs(change.atMs())
                .build();
    }

    private static void submitted(Job.Builder job, JobChange.Submitted submitted, long atMs) {
        if (job.getSubmittedAtMs() != 0) {
            return;
        }
        PromptSubmitted event = submitted.event();
        job.setSubmittedAtMs(event.getSubmittedAtMs() > 0 ? event.getSubmittedAtMs() : Math.max(1, atMs))
                .setPrompt(event.getPrompt())
                .setNegativePrompt(event.getNegativePrompt());
        if (event.hasAdapter()) {
            job.setAdapter(event.getAdapter());
        }
        if (event.hasSampling() && !complete(job.getSampling())) {
            job.setSampling(event.getSampling());
        }
        advance(job, State.SUBMITTED, atMs);
    }

    private static void encoded(Job.Builder job, PromptEncoded event, long atMs) {
        mergeTimings(job, event.getTimingsList());
        if (job.getSubmittedAtMs() == 0 && job.getPrompt().isEmpty()) {
            job.setPrompt(event.getEncoded().getPrompt())
                    .setNegativePrompt(event.getEncoded().getNegativePrompt());
        }
        if (!complete(job.getSampling())) {
            job.setSampling(event.getEncoded().getSampling());
        }
        advance(job, State.ENCODED, atMs);
    }

    private static void progressed(Job.Builder job, ImageProgressed event, long atMs) {
        if (ended(job.getState())) {
            return;
        }
        job.setStepsDone(Math.max(job.getStepsDone(), event.getStepsDone()))
                .setStepsTotal(Math.max(job.getStepsTotal(), event.getStepsTotal()));
        advance(job, State.SAMPLING, atMs);
    }

    private static void sampled(Job.Builder job, ImageSampled event, long atMs) {
        mergeTimings(job, event.getTimingsList());
        switch (event.getOutcomeCase()) {
            case IMAGES -> succeeded(job, event.getImages(), atMs);
            case FAILURE -> failed(job, event.getFailure(), atMs);
            case CANCELLED -> cancelled(job, event.getCancelled().getReason(), atMs);
            case OUTCOME_NOT_SET -> {}
        }
    }

    private static void succeeded(Job.Builder job, SampledImages images, long atMs) {
        if (mayFollow(job.getState(), State.SUCCEEDED)) {
            int steps = images.getSampling().getNumInferenceSteps() * images.getImagesCount();
            job.setImages(images)
                    .setStepsDone(steps)
                    .setStepsTotal(steps)
                    .clearFailure()
                    .clearCancelReason();
            if (complete(images.getSampling())) {
                job.setSampling(images.getSampling());
            }
        }
        advance(job, State.SUCCEEDED, atMs);
    }

    private static void failed(Job.Builder job, Failure failure, long atMs) {
        if (mayFollow(job.getState(), State.FAILED)) {
            job.setFailure(failure).clearCancelReason();
        }
        advance(job, State.FAILED, atMs);
    }

    private static void cancelled(Job.Builder job, String reason, long atMs) {
        if (mayFollow(job.getState(), State.CANCELLED)) {
            job.setCancelReason(reason);
        }
        advance(job, State.CANCELLED, atMs);
    }

    /** An ended job keeps the time at which it ended; a running one carries the time of its latest event. */
    private static void advance(Job.Builder job, State state, long atMs) {
        if (mayFollow(job.getState(), state)) {
            job.setState(state);
            job.setUpdatedAtMs(ended(state) ? atMs : Math.max(job.getUpdatedAtMs(), atMs));
        } else if (state == job.getState() && ended(state)) {
            job.setUpdatedAtMs(Math.min(job.getUpdatedAtMs(), atMs));
        } else if (!ended(job.getState())) {
            job.setUpdatedAtMs(Math.max(job.getUpdatedAtMs(), atMs));
        }
    }

    /** One timing a stage, in the order in which the stages took the job up. */
    private static void mergeTimings(Job.Builder job, List<StageTiming> added) {
        for (StageTiming timing : added) {
            int at = 0;
            while (at < job.getTimingsCount() && before(job.getTimings(at), timing)) {
                at++;
            }
            if (job.getTimingsList().stream().noneMatch(t -> t.getStage().equals(timing.getStage()))) {
                job.addTimings(at, timing);
            }
        }
    }

    private static boolean before(StageTiming a, StageTiming b) {
        return a.getReceivedAtMs() != b.getReceivedAtMs()
                ? a.getReceivedAtMs() < b.getReceivedAtMs()
                : a.getStage().compareTo(b.getStage()) < 0;
    }

    private static boolean complete(SamplingSettings sampling) {
        return sampling.hasSeed()
                && sampling.hasNumInferenceSteps()
                && sampling.hasGuidanceScale()
                && !sampling.getScheduler().isEmpty()
                && sampling.hasNumImages()
                && sampling.hasHeight()
                && sampling.hasWidth();
    }
}
