package io.surstream.gateway.problem;

import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.Job;
import java.util.OptionalInt;

/** Ends a request with a problem that the client receives. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient OptionalInt retryAfterSeconds;

    private ProblemException(Problem problem, OptionalInt retryAfterSeconds, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    private static ProblemException of(Problem problem) {
        return new ProblemException(problem, OptionalInt.empty(), null);
    }

    public Problem problem() {
        return problem;
    }

    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public static ProblemException unknownJob(String jobId) {
        return of(Problem.of(
                404,
                "unknown-job",
                "No such job",
                new FieldViolation(
                        FailureType.NOT_FOUND.name(),
                        "id",
                        Failures.shown(jobId),
                        "the id of a job",
                        "there is no job %s: it was never submitted here, or it is older than the retention"
                                .formatted(Failures.shown(jobId)))));
    }

    public static ProblemException unknownImage(Job job, String index) {
        int count = job.getImages().getImagesCount();
        return of(Problem.of(
                404,
                "unknown-image",
                "No such image",
                new FieldViolation(
                        FailureType.NOT_FOUND.name(),
                        "n",
                        Failures.shown(index),
                        "an integer from 0 to " + (count - 1),
                        "job %s has %d images, numbered from 0, and none is number %s"
                                .formatted(job.getJobId(), count, Failures.shown(index)))));
    }

    public static ProblemException imageGone(Job job, int index) {
        return of(Problem.of(
                410,
                "image-gone",
                "The image is gone",
                "image %d of job %s is no longer in the object store: submit the job again under a new id"
                        .formatted(index, job.getJobId())));
    }

    public static ProblemException notReady(Job job) {
        return new ProblemException(
                Problem.of(
                        409,
                        "not-ready",
                        "The job has no images yet",
                        "job %s is %s: wait for its end on /v1/jobs/%s/events"
                                .formatted(job.getJobId(), job.getState(), job.getJobId())),
                OptionalInt.of(1),
                null);
    }

    public static ProblemException noImages(Job job) {
        return of(Problem.of(
                409,
                "no-images",
                "The job ended without images",
                "job %s is %s and never gets images".formatted(job.getJobId(), job.getState())));
    }

    public static ProblemException ended(Job job) {
        return of(Problem.of(
                409,
                "job-ended",
                "The job has ended",
                "job %s is %s and can no longer be cancelled".formatted(job.getJobId(), job.getState())));
    }

    public static ProblemException purged(String jobId) {
        return of(Problem.of(
                410,
                "job-purged",
                "The job was removed",
                "job %s was removed with its images: submit the prompt again, under a new id or idempotency key"
                        .formatted(jobId)));
    }

    public static ProblemException stillRunning(Job job) {
        return of(Problem.of(
                409,
                "job-running",
                "The job has not ended",
                "job %s is %s: cancel it first, with DELETE /v1/jobs/%s, and remove it when it has ended"
                        .formatted(job.getJobId(), job.getState(), job.getJobId())));
    }

    public static ProblemException keyReused(String key, String jobId) {
        return of(Problem.of(
                422,
                "idempotency-key-reused",
                "The idempotency key belongs to another request",
                new FieldViolation(
                        FailureType.IDEMPOTENCY_KEY_REUSED.name(),
                        "Idempotency-Key",
                        Failures.shown(key),
                        "one key for one request",
                        "Idempotency-Key \"%s\" already names job %s, which asked for something else: use a new key"
                                .formatted(Failures.shown(key), jobId))));
    }

    public static ProblemException tooManyJobs(int inFlight, int limit, int retryAfterSeconds) {
        return new ProblemException(
                Problem.of(
                        429,
                        "too-many-jobs",
                        "Too many jobs in flight",
                        new FieldViolation(
                                FailureType.RESOURCE_EXHAUSTED.name(),
                                "jobs in flight",
                                Integer.toString(inFlight),
                                "at most " + limit,
                                "%d jobs are in flight and at most %d may be: try again later"
                                        .formatted(inFlight, limit))),
                OptionalInt.of(retryAfterSeconds),
                null);
    }

    public static ProblemException tooManyStreams(int limit) {
        return new ProblemException(
                Problem.of(
                        429,
                        "too-many-event-streams",
                        "Too many event streams are open",
                        "%d event streams are open and no more may be: ask GET /v1/jobs/{id} instead".formatted(limit)),
                OptionalInt.of(5),
                null);
    }

    public static ProblemException bodyTooLarge(long size, long limit) {
        return of(Problem.of(
                413,
                "body-too-large",
                "The request body is too large",
                new FieldViolation(
                        FailureType.INVALID_ARGUMENT.name(),
                        "body",
                        size + " bytes",
                        "at most " + limit + " bytes",
                        "the body must have at most %,d bytes but has %,d".formatted(limit, size))));
    }

    public static ProblemException unavailable(String what, Throwable cause) {
        return new ProblemException(
                Problem.of(503, "unavailable", "Not available right now", what + ": try again in a moment"),
                OptionalInt.of(1),
                cause);
    }
}
