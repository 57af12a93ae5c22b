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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobReducerTest {

    static Stream<Arguments> lives() {
        JobEvent submitted = JobFacts.submitted();
        JobEvent encoded = JobFacts.encoded();
        JobEvent five = JobFacts.progressed(5);
        JobEvent nine = JobFacts.progressed(9);
        JobEvent cancelled = JobFacts.cancelled();
        return Stream.of(
                Arguments.of(State.SAMPLING, List.of(submitted, encoded, five, nine)),
                Arguments.of(State.SUCCEEDED, List.of(submitted, encoded, five, nine, JobFacts.sampled())),
                Arguments.of(State.SUCCEEDED, List.of(submitted, encoded, five, cancelled, JobFacts.sampled())),
                Arguments.of(State.FAILED, List.of(submitted, JobFacts.encodingFailed(), cancelled)),
                Arguments.of(State.FAILED, List.of(submitted, encoded, five, nine, JobFacts.samplingFailed())),
                Arguments.of(State.FAILED, List.of(submitted, encoded, five, cancelled, JobFacts.samplingFailed())),
                Arguments.of(State.CANCELLED, List.of(submitted, cancelled)),
                Arguments.of(State.PURGED, List.of(submitted, encoded, five, JobFacts.sampled(), JobFacts.purged())),
                Arguments.of(
                        State.CANCELLED, List.of(submitted, encoded, five, cancelled, JobFacts.samplingCancelled())));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void everyOrderOfTheSameFactsEndsInTheSameJob(State end, List<JobEvent> facts) {
        Job expected = withoutStop(fold(facts));
        assertEquals(end, expected.getState());
        permutations(facts, order -> assertEquals(expected, withoutStop(fold(order)), order::toString));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void repeatedFactsChangeNothingInAnyOrder(State end, List<JobEvent> facts) {
        permutations(facts, order -> {
            Job once = fold(order);
            Job twice = once;
            for (JobEvent fact : order) {
                twice = JobReducer.apply(twice, fact);
            }
            assertEquals(withoutStop(once), withoutStop(twice), order::toString);
        });
    }

    @ParameterizedTest
    @MethodSource("lives")
    void theVersionNeverFallsAndEveryStepIsLegal(State end, List<JobEvent> facts) {
        permutations(facts, order -> {
            Job job = null;
            for (JobEvent fact : order) {
                Job next = JobReducer.apply(job, fact);
                if (job != null) {
                    assertTrue(JobStates.version(next) >= JobStates.version(job), order::toString);
                    assertTrue(
                            next.getState() == job.getState() || JobStates.mayFollow(job.getState(), next.getState()),
                            order::toString);
                }
                job = next;
            }
        });
    }

    @Test
    void theFirstSubmissionIsKept() {
        // given
        Job first = fold(List.of(JobFacts.submitted()));
        // when
        PromptSubmitted other = JobFacts.submission("a blue star");
        Job second = JobReducer.apply(first, new JobEvent.Submitted(other, 150));
        // then
        assertEquals("a red heart", second.getPrompt());
        assertEquals(first.getRequestSha256(), second.getRequestSha256());
        assertSame(first, second);
    }

    @Test
    void lateProgressAfterTheEndIsIgnored() {
        // given
        Job ended = fold(List.of(JobFacts.submitted(), JobFacts.encoded(), JobFacts.sampled()));
        // when
        Job after = JobReducer.apply(ended, JobFacts.progressed(19));
        // then
        assertSame(ended, after);
        assertEquals(20, ended.getStepsDone());
    }

    @Test
    void progressNeverRunsBackwardsWhenASamplerStartsAgain() {
        // given
        Job job = fold(List.of(JobFacts.submitted(), JobFacts.encoded(), JobFacts.progressed(9)));
        // when
        Job again = JobReducer.apply(job, JobFacts.progressed(1));
        // then
        assertEquals(9, again.getStepsDone());
    }

    @Test
    void anEncodedJobCarriesTheCompleteSettings() {
        Job job = fold(List.of(JobFacts.encoded(), JobFacts.submitted()));
        assertEquals(JobFacts.complete(), job.getSampling());
        assertEquals(State.ENCODED, job.getState());
        assertEquals(JobFacts.SUBMITTED_AT, job.getSubmittedAtMs());
    }

    @Test
    void aPictureThatExistsIsShownAlthoughCancellationWasAskedFor() {
        Job job = fold(List.of(JobFacts.submitted(), JobFacts.cancelled(), JobFacts.sampled()));
        assertEquals(State.SUCCEEDED, job.getState());
        assertEquals("", job.getCancelReason());
        assertEquals(1, job.getImages().getImagesCount());
    }

    @Test
    void facts_of_another_request_under_the_same_id_do_not_touch_the_job() {
        Job red = JobReducer.apply(null, JobFacts.submitted());
        ImageSampled blue = ((JobEvent.Sampled) JobFacts.sampled())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        ImageSampled own =
                blue.toBuilder().setRequestSha256(red.getRequestSha256()).build();

        assertSame(red, JobReducer.apply(red, new JobEvent.Sampled(blue, 1)));
        assertSame(red, JobReducer.apply(red, new JobEvent.Submitted(JobFacts.submission("a blue heart"), 1)));
        assertEquals(
                Job.State.SUCCEEDED,
                JobReducer.apply(red, new JobEvent.Sampled(own, 1)).getState());
        Job first = JobReducer.apply(null, new JobEvent.Sampled(blue, 1));
        assertSame(first, JobReducer.apply(first, JobFacts.submitted()), "whoever came first, never a mixture");
    }

    @Test
    void a_refused_request_under_a_jobs_id_does_not_end_the_job() {
        Job red = JobReducer.apply(null, JobFacts.submitted());
        ImageSampled refused = ((JobEvent.Sampled) JobFacts.encodingFailed())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        ImageSampled own =
                refused.toBuilder().setRequestSha256(red.getRequestSha256()).build();

        assertSame(red, JobReducer.apply(red, new JobEvent.Sampled(refused, 1)));
        assertEquals(
                State.FAILED,
                JobReducer.apply(red, new JobEvent.Sampled(own, 1)).getState());
    }

    @Test
    void a_refused_request_does_not_keep_the_id_from_its_correction() {
        ImageSampled refused = ((JobEvent.Sampled) JobFacts.encodingFailed())
                .event().toBuilder().setRequestSha256("b".repeat(64)).build();
        Job failed = JobReducer.apply(null, new JobEvent.Sampled(refused, 1));

        Job corrected = JobReducer.apply(JobReducer.apply(failed, JobFacts.submitted()), JobFacts.sampled());

        assertEquals(State.FAILED, failed.getState());
        assertEquals(State.SUCCEEDED, corrected.getState());
        assertEquals("a red heart", corrected.getPrompt());
    }

    @Test
    void theRequestDigestLeavesOutJobIdAndTime() {
        PromptSubmitted request = JobFacts.submission("a red heart");
        PromptSubmitted later =
                request.toBuilder().setJobId("job-2").setSubmittedAtMs(999).build();
        assertEquals(RequestDigest.of(request), RequestDigest.of(later));
        assertFalse(RequestDigest.of(request).equals(RequestDigest.of(JobFacts.submission("a red star"))));
    }

    private static Job fold(List<JobEvent> facts) {
        Job job = null;
        for (JobEvent fact : facts) {
            job = JobReducer.apply(job, fact);
        }
        return job;
    }

    /** An unsuccessful job shows the step at which this view saw it stop; that alone may depend on the order. */
    private static Job withoutStop(Job job) {
        return job.getState() == State.FAILED || job.getState() == State.CANCELLED
                ? job.toBuilder().clearStepsDone().clearStepsTotal().build()
                : job;
    }

    private static void permutations(List<JobEvent> facts, Consumer<List<JobEvent>> each) {
        permute(new ArrayList<>(), new ArrayList<>(facts), each);
    }

    private static void permute(List<JobEvent> taken, List<JobEvent> left, Consumer<List<JobEvent>> each) {
        if (left.isEmpty()) {
            each.accept(taken);
        }
        for (int i = 0; i < left.size(); i++) {
            List<JobEvent> rest = new ArrayList<>(left);
            taken.add(rest.remove(i));
            permute(taken, rest, each);
            taken.remove(taken.size() - 1);
        }
    }
}
