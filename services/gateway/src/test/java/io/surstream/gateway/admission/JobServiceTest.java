package io.surstream.gateway.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.JobId;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobReducer;
import io.surstream.gateway.jobs.JobView;
import io.surstream.gateway.jobs.KnownJobs;
import io.surstream.gateway.jobs.PendingJobs;
import io.surstream.gateway.jobs.ViewNotReadyException;
import io.surstream.gateway.problem.ProblemException;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobServiceTest {

    private static final Optional<String> KEY = Optional.of("order 66");

    private final Map<String, Job> view = new HashMap<>();
    private final List<PromptSubmitted> published = new ArrayList<>();
    private final List<PromptCancelled> cancellations = new ArrayList<>();
    private final PendingJobs pending = new PendingJobs(Duration.ofMinutes(1), Clock.systemUTC());
    private boolean brokerDown;
    private boolean viewDown;

    private final List<String> purged = new ArrayList<>();
    private final List<String> imagesRemoved = new ArrayList<>();

    private final JobView jobView = new JobView() {
        @Override
        public Optional<Job> find(String jobId) {
            if (viewDown) {
                throw new ViewNotReadyException("starting");
            }
            return Optional.ofNullable(view.get(jobId));
        }

        @Override
        public int inFlight() {
            return view.size();
        }
    };

    private final JobPublisher publisher = new JobPublisher() {
        @Override
        public void submitted(PromptSubmitted event, Optional<String> traceparent) {
            if (brokerDown) {
                throw new PublishException("no broker", null);
            }
            published.add(event);
        }

        @Override
        public void cancelled(PromptCancelled event) {
            cancellations.add(event);
        }

        @Override
        public void purged(String jobId, long atMs) {
            purged.add(jobId);
        }
    };

    private final JobService service = new JobService(new KnownJobs(jobView, pending), publisher, 2, Clock.systemUTC());

    @Test
    void aJobIsVisibleFromItsReceiptOn() {
        Job job = submit("a heart", Optional.empty()).job();
        assertEquals(State.SUBMITTED, service.find(job.getJobId()).getState());
        assertEquals(job.getJobId(), published.get(0).getJobId());
    }

    @Test
    void a_running_job_is_not_purged_and_keeps_its_images() {
        Job job = submit("a heart", Optional.empty()).job();

        assertEquals(409, refusal(() -> service.purge(job.getJobId(), imagesRemoved::add)));
        assertEquals(404, refusal(() -> service.purge("nobody", imagesRemoved::add)));
        assertEquals(List.of(), imagesRemoved);
        assertEquals(List.of(), purged);
    }

    @Test
    void a_job_that_was_purged_is_gone_for_everybody_and_purging_again_publishes_nothing() {
        // given
        Job ended = submit("a heart", KEY).job().toBuilder()
                .setState(State.SUCCEEDED)
                .build();
        viewCatchesUp(ended);
        service.purge(ended.getJobId(), imagesRemoved::add);
        // when
        viewCatchesUp(ended.toBuilder().setState(State.PURGED).build());
        service.purge(ended.getJobId(), imagesRemoved::add);
        // then
        assertEquals(List.of(ended.getJobId()), purged);
        assertEquals(List.of(ended.getJobId(), ended.getJobId()), imagesRemoved);
        assertEquals(410, refusal(() -> service.find(ended.getJobId())));
        assertEquals(410, refusal(() -> service.cancel(ended.getJobId(), "late")));
        assertEquals(410, refusal(() -> submit("a heart", KEY)));
    }

    @Test
    void theSameKeyAndRequestArePublishedOnce() {
        // given
        JobService.Receipt first = submit("a heart", KEY);
        // when
        JobService.Receipt whilePending = submit("a heart", KEY);
        viewCatchesUp(first.job());
        JobService.Receipt later = submit("a heart", KEY);
        // then
        assertTrue(first.isNew());
        assertFalse(whilePending.isNew() || later.isNew());
        assertEquals(first.job().getJobId(), later.job().getJobId());
        assertEquals(1, published.size());
        assertEquals(0, pending.count());
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        submit("a heart", KEY);
        assertEquals(422, refusal(() -> submit("a star", KEY)));
        viewCatchesUp(service.find(published.get(0).getJobId()));
        assertEquals(422, refusal(() -> submit("a star", KEY)));
        assertEquals(1, published.size());
    }

    @Test
    void moreJobsThanTheLimitAreRefusedUntilOneEnds() {
        // given
        submit("one", Optional.empty());
        Job second = submit("two", Optional.empty()).job();
        // when, then
        assertEquals(429, refusal(() -> submit("three", Optional.empty())));
        pending.remove(second.getJobId());
        assertTrue(submit("three", Optional.empty()).isNew());
    }

    @Test
    void aRepeatedRequestIsAnsweredEvenWhenTheGatewayIsFull() {
        submit("a heart", KEY);
        submit("another", Optional.empty());
        assertFalse(submit("a heart", KEY).isNew());
    }

    @Test
    void aJobThatCouldNotBePublishedIsForgottenSoThatItMayBeSentAgain() {
        // given
        brokerDown = true;
        assertEquals(503, refusal(() -> submit("a heart", KEY)));
        // when
        brokerDown = false;
        JobService.Receipt receipt = submit("a heart", KEY);
        // then
        assertTrue(receipt.isNew());
        assertEquals(1, published.size());
    }

    @Test
    void aKeyWhoseJobCouldNotBeLookedUpStaysFree() {
        // given
        viewDown = true;
        assertThrows(ViewNotReadyException.class, () -> submit("a heart", KEY));
        // when
        viewDown = false;
        JobService.Receipt receipt = submit("a heart", KEY);
        // then
        assertTrue(receipt.isNew());
        assertEquals(1, published.size());
    }

    @Test
    void aJobThatEndedIsNotCancelled() {
        Job job = submit("a heart", Optional.empty()).job();
        ImageSampled refused = ImageSampled.newBuilder()
                .setJobId(job.getJobId())
                .setFailure(Failure.newBuilder().setType("PROMPT_TOO_LONG"))
                .build();
        viewCatchesUp(JobReducer.apply(job, new JobChange.Sampled(refused, 1)));
        assertEquals(409, refusal(() -> service.cancel(job.getJobId(), "")));
        assertTrue(cancellations.isEmpty());
    }

    @Test
    void a_key_whose_job_is_known_only_by_another_requests_failure_takes_a_job() {
        // given
        viewCatchesUp(failed(JobIds.ofKey(KEY.orElseThrow()), "b".repeat(64)));
        // when
        JobService.Receipt receipt = submit("a heart", KEY);
        JobService.Receipt again = submit("a heart", KEY);
        // then
        assertTrue(receipt.isNew());
        assertEquals(State.SUBMITTED, receipt.job().getState());
        assertEquals(State.SUBMITTED, service.find(receipt.job().getJobId()).getState());
        assertFalse(again.isNew());
        assertEquals(422, refusal(() -> submit("a star", KEY)));
        assertEquals(1, published.size());
    }

    @Test
    void a_key_whose_request_is_known_to_have_failed_takes_no_job() {
        // given
        JobService.Receipt first = submit("a heart", KEY);
        pending.remove(first.job().getJobId());
        viewCatchesUp(failed(first.job().getJobId(), first.job().getRequestSha256()));
        // when
        JobService.Receipt again = submit("a heart", KEY);
        // then
        assertFalse(again.isNew());
        assertEquals(State.FAILED, again.job().getState());
        assertEquals(1, published.size());
    }

    private static Job failed(String jobId, String requestSha256) {
        ImageSampled refused = ImageSampled.newBuilder()
                .setJobId(jobId)
                .setRequestSha256(requestSha256)
                .setFailure(Failure.newBuilder().setType("PROMPT_TOO_LONG"))
                .build();
        return JobReducer.apply(null, new JobChange.Sampled(refused, 1));
    }

    @Test
    void cancellingTwiceIsHarmless() {
        Job job = submit("a heart", Optional.empty()).job();
        Job cancelled = service.cancel(job.getJobId(), "no longer wanted");
        viewCatchesUp(cancelled);
        assertEquals(
                State.CANCELLED,
                service.cancel(job.getJobId(), "no longer wanted").getState());
        assertEquals(1, cancellations.size());
    }

    @Test
    void anUnknownJobIsNotFound() {
        assertEquals(404, refusal(() -> service.find("nobody")));
        assertEquals(404, refusal(() -> service.cancel("nobody", "")));
    }

    @Test
    void keysThatAreNoNamesAreRefused() {
        assertThrows(InvalidRequestException.class, () -> submit("a heart", Optional.of(" ")));
        assertThrows(InvalidRequestException.class, () -> submit("a heart", Optional.of("k".repeat(256))));
        assertTrue(JobId.isValid(JobIds.ofKey("schlüssel/7")));
        assertEquals(JobIds.ofKey("a"), JobIds.ofKey("a"));
    }

    private JobService.Receipt submit(String prompt, Optional<String> key) {
        return service.submit(PromptSubmitted.newBuilder().setPrompt(prompt), key, Optional.empty());
    }

    private void viewCatchesUp(Job job) {
        view.put(job.getJobId(), job);
        pending.updated(job);
    }

    private static int refusal(Runnable request) {
        return assertThrows(ProblemException.class, request::run).problem().status();
    }
}
