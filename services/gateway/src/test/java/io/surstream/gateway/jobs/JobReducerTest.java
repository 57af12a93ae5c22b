package io.surstream.gateway.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.RequestDigest;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.StageTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobReducerTest {

    /** The submission of the other events, refused. */
    private static final JobChange REFUSED = refused(JobChanges.submitted().requestSha256());

    /** Another submission under the same id, refused. */
    private static final JobChange OTHER_REFUSED = refused("b".repeat(64));

    static Stream<Arguments> lives() {
        JobChange submitted = JobChanges.submitted();
        JobChange encoded = JobChanges.encoded();
        JobChange five = JobChanges.progressed(5);
        JobChange nine = JobChanges.progressed(9);
        JobChange cancelled = JobChanges.cancelled();
        return Stream.of(
                Arguments.of(State.SAMPLING, List.of(submitted, encoded, five, nine)),
                Arguments.of(State.SUCCEEDED, List.of(submitted, encoded, five, nine, JobChanges.sampled())),
                Arguments.of(State.SUCCEEDED, List.of(submitted, encoded, five, cancelled, JobChanges.sampled())),
                Arguments.of(State.FAILED, List.of(submitted, JobChanges.encodingFailed(), cancelled)),
                Arguments.of(State.FAILED, List.of(submitted, encoded, five, nine, JobChanges.samplingFailed())),
                Arguments.of(State.FAILED, List.of(submitted, encoded, five, cancelled, JobChanges.samplingFailed())),
                Arguments.of(State.CANCELLED, List.of(submitted, cancelled)),
                Arguments.of(State.SUBMITTED, List.of(submitted, OTHER_REFUSED)),
                Arguments.of(State.SUBMITTED, List.of(submitted, OTHER_REFUSED, refused("c"))),
                Arguments.of(State.CANCELLED, List.of(submitted, OTHER_REFUSED, cancelled)),
                Arguments.of(State.SAMPLING, List.of(submitted, OTHER_REFUSED, five, nine)),
                Arguments.of(State.FAILED, List.of(submitted, OTHER_REFUSED, REFUSED)),
                Arguments.of(State.FAILED, List.of(submitted, OTHER_REFUSED, five, REFUSED, cancelled)),
                Arguments.of(State.SUCCEEDED, List.of(submitted, OTHER_REFUSED, encoded, JobChanges.sampled())),
                Arguments.of(
                        State.PURGED, List.of(submitted, encoded, five, JobChanges.sampled(), JobChanges.purged())),
                Arguments.of(
                        State.CANCELLED, List.of(submitted, encoded, five, cancelled, JobChanges.samplingCancelled())));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void everyOrderOfTheSameEventsEndsInTheSameJob(State end, List<JobChange> changes) {
        Job expected = withoutStop(fold(changes));
        assertEquals(end, expected.getState());
        permutations(changes, order -> assertEquals(expected, withoutStop(fold(order)), order::toString));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void repeatedEventsChangeNothingInAnyOrder(State end, List<JobChange> changes) {
        permutations(changes, order -> {
            Job once = fold(order);
            Job twice = once;
            for (JobChange change : order) {
                twice = JobReducer.apply(twice, change);
            }
            assertEquals(withoutStop(once), withoutStop(twice), order::toString);
        });
    }

    @ParameterizedTest
    @MethodSource("lives")
    void theVersionNeverFallsAndEveryStepIsLegal(State end, List<JobChange> changes) {
        permutations(changes, order -> {
            Job job = null;
            for (JobChange change : order) {
                Job next = JobReducer.apply(job, change);
                if (job != null) {
                    assertTrue(JobStates.version(next) >= JobStates.version(job), order::toString);
                    assertTrue(
                            next.getState() == job.getState()
                                    || JobStates.mayFollow(job.getState(), next.getState())
                                    || job.hasEarlyFailures(),
                            order::toString);
                }
                job = next;
            }
        });
    }

    @Test
    void theFirstSubmissionIsKept() {
        // given
        Job first = fold(List.of(JobChanges.submitted()));
        // when
        PromptSubmitted other = JobChanges.submission("a blue star");
        Job second = JobReducer.apply(first, new JobChange.Submitted(other, 150));
        // then
        assertEquals("a red heart", second.getPrompt());
        assertEquals(first.getRequestSha256(), second.getRequestSha256());
        assertSame(first, second);
    }

    @Test
    void lateProgressAfterTheEndIsIgnored() {
        // given
        Job ended = fold(List.of(JobChanges.submitted(), JobChanges.encoded(), JobChanges.sampled()));
        // when
        Job after = JobReducer.apply(ended, JobChanges.progressed(19));
        // then
        assertSame(ended, after);
        assertEquals(20, ended.getStepsDone());
    }

    @Test
    void progressNeverRunsBackwardsWhenASamplerStartsAgain() {
        // given
        Job job = fold(List.of(JobChanges.submitted(), JobChanges.encoded(), JobChanges.progressed(9)));
        // when
        Job again = JobReducer.apply(job, JobChanges.progressed(1));
        // then
        assertEquals(9, again.getStepsDone());
    }

    @Test
    void anEncodedJobCarriesTheCompleteSettings() {
        Job job = fold(List.of(JobChanges.encoded(), JobChanges.submitted()));
        assertEquals(JobChanges.complete(), job.getSampling());
        assertEquals(State.ENCODED, job.getState());
        assertEquals(JobChanges.SUBMITTED_AT, job.getSubmittedAtMs());
    }

    @Test
    void anImageThatExistsIsShownAlthoughCancellationWasAskedFor() {
        Job job = fold(List.of(JobChanges.submitted(), JobChanges.cancelled(), JobChanges.sampled()));
        assertEquals(State.SUCCEEDED, job.getState());
        assertEquals("", job.getCancelReason());
        assertEquals(1, job.getImages().getImagesCount());
    }

    @Test
    void events_of_another_request_under_the_same_id_do_not_touch_the_job() {
        Job red = JobReducer.apply(null, JobChanges.submitted());
        ImageSampled blue = ((JobChange.Sampled) JobChanges.sampled())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        ImageSampled own =
                blue.toBuilder().setRequestSha256(red.getRequestSha256()).build();

        assertSame(red, JobReducer.apply(red, new JobChange.Sampled(blue, 1)));
        assertSame(red, JobReducer.apply(red, new JobChange.Submitted(JobChanges.submission("a blue heart"), 1)));
        assertEquals(
                Job.State.SUCCEEDED,
                JobReducer.apply(red, new JobChange.Sampled(own, 1)).getState());
        Job first = JobReducer.apply(null, new JobChange.Sampled(blue, 1));
        assertSame(
                first,
                JobReducer.apply(first, JobChanges.submitted()),
                "the first request is kept whole, never mixed with another");
    }

    @Test
    void a_refused_request_under_a_jobs_id_does_not_end_the_job() {
        Job red = JobReducer.apply(null, JobChanges.submitted());
        ImageSampled refused = ((JobChange.Sampled) JobChanges.encodingFailed())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        ImageSampled own =
                refused.toBuilder().setRequestSha256(red.getRequestSha256()).build();

        assertSame(red, JobReducer.apply(red, new JobChange.Sampled(refused, 1)));
        assertEquals(
                State.FAILED,
                JobReducer.apply(red, new JobChange.Sampled(own, 1)).getState());
    }

    @Test
    void a_refused_request_does_not_keep_the_id_from_its_correction() {
        ImageSampled refused = ((JobChange.Sampled) JobChanges.encodingFailed())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        Job failed = JobReducer.apply(null, new JobChange.Sampled(refused, 1));

        Job corrected = JobReducer.apply(JobReducer.apply(failed, JobChanges.submitted()), JobChanges.sampled());

        assertEquals(State.FAILED, failed.getState());
        assertEquals("PROMPT_TOO_LONG", failed.getFailure().getType());
        assertEquals(State.SUCCEEDED, corrected.getState());
        assertEquals("a red heart", corrected.getPrompt());
    }

    @Test
    void a_job_that_only_failures_of_other_requests_are_known_of_begins_with_its_submission() {
        // given
        Job failed = fold(List.of(OTHER_REFUSED, refused("c")));
        // when
        Job submitted = JobReducer.apply(failed, JobChanges.submitted());
        // then
        assertEquals(State.FAILED, failed.getState());
        assertEquals(fold(List.of(JobChanges.submitted())), submitted);
        assertTrue(JobStates.version(submitted) > JobStates.version(failed));
    }

    @Test
    void a_jobs_own_failure_that_came_among_others_before_its_submission_ends_it() {
        // given
        Job failed = fold(List.of(OTHER_REFUSED, REFUSED));
        // when
        Job submitted = JobReducer.apply(failed, JobChanges.submitted());
        // then
        assertEquals(State.FAILED, submitted.getState());
        assertFalse(submitted.hasEarlyFailures());
        assertTrue(JobStates.version(submitted) > JobStates.version(failed));
    }

    @Test
    void failures_of_any_number_of_requests_leave_a_job_that_fits_into_a_record() {
        // given
        Job job = null;
        // when
        for (int i = 0; i < 20; i++) {
            ImageSampled.Builder event = ((JobChange.Sampled) refused("request " + i)).event().toBuilder();
            for (int stage = 0; stage < 1_024; stage++) {
                event.addTimings(StageTiming.newBuilder().setStage("stage " + stage + "x".repeat(100)));
            }
            job = JobReducer.apply(job, new JobChange.Sampled(event.build(), i));
        }
        // then
        assertEquals(State.FAILED, job.getState());
        assertTrue(job.getSerializedSize() < 1 << 20, () -> "too large");
    }

    @Test
    void theRequestDigestLeavesOutJobIdAndTime() {
        PromptSubmitted request = JobChanges.submission("a red heart");
        PromptSubmitted later =
                request.toBuilder().setJobId("job-2").setSubmittedAtMs(999).build();
        assertEquals(RequestDigest.of(request), RequestDigest.of(later));
        assertFalse(RequestDigest.of(request).equals(RequestDigest.of(JobChanges.submission("a red star"))));
    }

    private static JobChange refused(String requestSha256) {
        JobChange.Sampled failed = (JobChange.Sampled) JobChanges.encodingFailed();
        return new JobChange.Sampled(
                failed.event().toBuilder().setRequestSha256(requestSha256).build(), failed.atMs());
    }

    private static Job fold(List<JobChange> changes) {
        Job job = null;
        for (JobChange change : changes) {
            job = JobReducer.apply(job, change);
        }
        return job;
    }

    /** An unsuccessful job shows the step at which this view saw it stop; that alone may depend on the order. */
    private static Job withoutStop(Job job) {
        return job.getState() == State.FAILED || job.getState() == State.CANCELLED
                ? job.toBuilder().clearStepsDone().clearStepsTotal().build()
                : job;
    }

    private static void permutations(List<JobChange> changes, Consumer<List<JobChange>> each) {
        permute(new ArrayList<>(), new ArrayList<>(changes), each);
    }

    private static void permute(List<JobChange> taken, List<JobChange> left, Consumer<List<JobChange>> each) {
        if (left.isEmpty()) {
            each.accept(taken);
        }
        for (int i = 0; i < left.size(); i++) {
            List<JobChange> rest = new ArrayList<>(left);
            taken.add(rest.remove(i));
            permute(taken, rest, each);
            taken.remove(taken.size() - 1);
        }
    }
}
