package io.surstream.gateway.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.gateway.jobs.JobReducer;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTopologyTest {

    @TempDir
    Path folder;

    private ViewDriver view;

    @BeforeEach
    void start() {
        view = new ViewDriver(folder);
    }

    @AfterEach
    void stop() {
        view.close();
    }

    @Test
    void aJobIsFollowedFromItsSubmissionToItsImages() {
        // when
        view.pipe(Topic.PROMPTS_SUBMITTED, ((JobChange.Submitted) JobChanges.submitted()).event());
        view.pipe(Topic.PROMPTS_ENCODED, ((JobChange.Encoded) JobChanges.encoded()).event());
        view.pipe(Topic.IMAGES_PROGRESSED, ((JobChange.Progressed) JobChanges.progressed(5)).event());
        view.pipe(Topic.IMAGES_SAMPLED, ((JobChange.Sampled) JobChanges.sampled()).event());
        // then
        assertEquals(
                List.of(State.SUBMITTED, State.ENCODED, State.SAMPLING, State.SUCCEEDED),
                view.jobs().readValuesToList().stream()
                        .map(JobTopologyTest::job)
                        .map(Job::getState)
                        .toList());
        assertEquals(State.SUCCEEDED, view.own(JobChanges.ID).orElse(null).getState());
        assertEquals(view.own(JobChanges.ID).orElse(null), view.everyJob().get(JobChanges.ID));
    }

    @Test
    void listenersHearOfEveryChangeAndNothingElse() {
        view.pipe(Topic.PROMPTS_SUBMITTED, ((JobChange.Submitted) JobChanges.submitted()).event());
        view.pipe(Topic.PROMPTS_SUBMITTED, ((JobChange.Submitted) JobChanges.submitted()).event());
        // once by this instance's partitions, once by the topic of all jobs
        assertEquals(2, view.updates.size());
        assertEquals(1, view.jobs().readValuesToList().size());
    }

    @Test
    void jobsInFlightAreCountedUntilTheyEnd() {
        view.pipe(Topic.PROMPTS_SUBMITTED, ((JobChange.Submitted) JobChanges.submitted()).event());
        assertEquals(1, view.inFlight.count());
        assertEquals(JobChanges.SUBMITTED_AT, view.inFlight.oldestSubmission().orElseThrow());
        view.pipe(Topic.IMAGES_SAMPLED, ((JobChange.Sampled) JobChanges.samplingFailed()).event());
        assertEquals(0, view.inFlight.count());
        assertTrue(view.inFlight.oldestSubmission().isEmpty());
    }

    @Test
    void aPromptPublishedAsJsonWithoutHeadersIsSeen() {
        byte[] json = "{\"jobId\": \"from-a-script\", \"prompt\": \"a red heart\"}".getBytes(StandardCharsets.UTF_8);
        view.pipe(Topic.PROMPTS_SUBMITTED, null, json, new RecordHeaders());
        assertEquals("a red heart", view.own("from-a-script").orElseThrow().getPrompt());
    }

    @Test
    void recordsThatAreNoEventsAreLeftOutAndTheNextIsServed() {
        // when
        Headers headers = view.headers(JobChanges.submission("x"));
        view.pipe(Topic.PROMPTS_SUBMITTED, "bad", new byte[] {1, 2, 3}, headers);
        view.pipe(Topic.PROMPTS_SUBMITTED, "bad", "{not json".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        view.pipe(Topic.PROMPTS_SUBMITTED, "bad", null, headers);
        view.pipe(Topic.PROMPTS_ENCODED, "bad", new byte[0], headers);
        view.pipe(
                Topic.PROMPTS_SUBMITTED,
                JobChanges.submission("x").toBuilder().setJobId("no good").build());
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        // then
        assertEquals(1, view.jobs().readValuesToList().size());
        assertEquals("a red heart", view.own(JobChanges.ID).orElse(null).getPrompt());
    }

    @Test
    void theTopicJobsCarriesCloudEventsHeadersAndTheTraceOfItsCause() {
        // given
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Headers headers = view.headers(JobChanges.submission("a red heart"));
        headers.remove("traceparent");
        headers.add("traceparent", ("00-" + trace + "-b7ad6b7169203331-01").getBytes(StandardCharsets.UTF_8));
        // when
        view.pipe(
                Topic.PROMPTS_SUBMITTED,
                JobChanges.ID,
                JobChanges.submission("a red heart").toByteArray(),
                headers);
        // then
        TestRecord<String, byte[]> record = view.jobs().readRecord();
        assertEquals(JobChanges.ID, record.key());
        Job job = EventCodec.of(Topic.JOBS, Job.getDefaultInstance()).decode(record.value(), record.headers());
        assertEquals("a red heart", job.getPrompt());
        assertTrue(text(record.headers(), "traceparent").startsWith("00-" + trace + "-"));
        assertEquals("/surstream/gateway", text(record.headers(), "ce_source"));
    }

    @Test
    void aJobOlderThanTheRetentionIsRemovedEverywhere() {
        // given
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        view.jobs().readValuesToList();
        // when
        view.pass(ViewDriver.RETENTION.minusMinutes(1));
        assertTrue(view.jobs().isEmpty());
        view.pass(Duration.ofMinutes(3));
        // then
        assertEquals(JobChanges.ID, view.jobs().readKeyValue().key);
        assertNull(view.own(JobChanges.ID).orElse(null));
        assertNull(view.everyJob().get(JobChanges.ID));
        assertEquals(0, view.inFlight.count());
    }

    @Test
    void a_job_that_has_ended_leaves_the_folds_own_store_and_late_events_still_find_it() {
        // given
        view.pipe(Topic.PROMPTS_ENCODED, ((JobChange.Encoded) JobChanges.encoded()).event());
        view.pipe(Topic.IMAGES_SAMPLED, ((JobChange.Sampled) JobChanges.sampled()).event());
        // when
        view.pass(Duration.ofMinutes(11));
        // then
        assertTrue(view.own(JobChanges.ID).isEmpty());
        assertEquals(State.SUCCEEDED, view.everyJob().get(JobChanges.ID).getState());
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        assertEquals(State.SUCCEEDED, view.everyJob().get(JobChanges.ID).getState());
        assertEquals(JobChanges.SUBMITTED_AT, view.everyJob().get(JobChanges.ID).getSubmittedAtMs());
        view.pass(ViewDriver.RETENTION.plusMinutes(1));
        assertNull(view.everyJob().get(JobChanges.ID));
    }

    @Test
    void a_job_that_nobody_submitted_holds_no_place() {
        view.pipe(Topic.IMAGES_PROGRESSED, ((JobChange.Progressed) JobChanges.progressed(5)).event());

        assertEquals(State.SAMPLING, view.own(JobChanges.ID).orElseThrow().getState());
        assertEquals(0, view.inFlight.count());
    }

    @Test
    void a_refused_record_that_comes_before_a_good_submission_of_the_same_id_leaves_no_trace() {
        // given
        view.pipe(
                Topic.IMAGES_SAMPLED,
                ((JobChange.Sampled) JobChanges.encodingFailed())
                        .event().toBuilder().setRequestSha256("b".repeat(64)).build());
        assertEquals(State.FAILED, view.own(JobChanges.ID).orElseThrow().getState());
        // when
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        // then
        assertEquals(State.SUBMITTED, view.own(JobChanges.ID).orElseThrow().getState());
        assertEquals(State.SUBMITTED, view.everyJob().get(JobChanges.ID).getState());
        assertEquals(1, view.inFlight.count());
        view.pipe(Topic.IMAGES_SAMPLED, ((JobChange.Sampled) JobChanges.sampled()).event());
        assertEquals(State.SUCCEEDED, view.own(JobChanges.ID).orElseThrow().getState());
        assertEquals(0, view.inFlight.count());
    }

    @Test
    void jobs_that_were_there_before_the_fold_count_and_expire() {
        // given
        Job old = JobReducer.apply(null, JobChanges.submitted());
        view.pipeJobs(JobChanges.ID.getBytes(StandardCharsets.UTF_8), old.toByteArray());
        // when
        view.pass(Duration.ofSeconds(1));
        // then
        assertEquals(1, view.inFlight.count());
        view.pass(ViewDriver.RETENTION.plusMinutes(1));
        assertNull(view.everyJob().get(JobChanges.ID));
        assertEquals(0, view.inFlight.count());
    }

    @Test
    void aJobWithoutNewsHoldsNoPlaceForEver() {
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        view.pass(Duration.ofMinutes(31));
        assertEquals(0, view.inFlight.count());
        assertEquals(State.SUBMITTED, view.own(JobChanges.ID).orElse(null).getState());
    }

    private static Job job(byte[] value) {
        return JobSerde.parse(value);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
