package io.surstream.gateway.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.surstream.contract.RequestDigest;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job.State;
import io.surstream.v1.JobEvent;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SampledImages;
import io.surstream.v1.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a record holds ends the view or touches another job. */
class AnyRecordTest {

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

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "user-42", "another-job", "\u0000\uFFFF", "no good"})
    void the_value_names_the_job_whatever_the_key_is(String key) {
        view.pipe(
                Topic.PROMPTS_SUBMITTED, key, json("{\"jobId\": \"stray-1\", \"prompt\": \"a\"}"), new RecordHeaders());

        assertEquals(State.SUBMITTED, view.own("stray-1").orElseThrow().getState());
        assertEquals(1, view.jobs().readValuesToList().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", ".", "no good", "a/b", "ä"})
    void ids_that_break_the_rule_never_enter_the_view(String id) {
        view.pipe(Topic.PROMPTS_SUBMITTED, "ok", json("{\"jobId\": \"" + id + "\"}"), new RecordHeaders());

        assertTrue(view.jobs().isEmpty());
        assertEquals(1, view.skipped("NO_JOB_ID"));
    }

    @Test
    void records_that_are_no_events_are_counted_and_the_next_one_is_served() {
        for (Topic topic : List.of(
                Topic.PROMPTS_SUBMITTED,
                Topic.PROMPTS_ENCODED,
                Topic.PROMPTS_CANCELLED,
                Topic.IMAGES_PROGRESSED,
                Topic.IMAGES_SAMPLED)) {
            view.pipe(topic, JobChanges.ID, null, new RecordHeaders());
            view.pipe(topic, JobChanges.ID, new byte[] {1, 2, 3}, new RecordHeaders());
            view.pipe(topic, null, json("[".repeat(100_000)), new RecordHeaders());
            view.pipe(topic, null, json("{\"a\":".repeat(100_000)), new RecordHeaders());
        }
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));

        assertEquals(1, view.jobs().readValuesToList().size());
        assertEquals(5, view.skipped("NO_CONTENT"));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_735_689_600, 1_735_689_600_000_000L, Long.MAX_VALUE})
    void times_of_submissions_are_repaired(long submittedAtMs) {
        PromptSubmitted event = JobChanges.submission("a").toBuilder()
                .setSubmittedAtMs(submittedAtMs)
                .build();

        view.pipe(Topic.PROMPTS_SUBMITTED, event);

        Instant shown =
                Instant.ofEpochMilli(view.own(JobChanges.ID).orElseThrow().getSubmittedAtMs());
        assertFalse(shown.isBefore(Instant.parse("2020-01-01T00:00:00Z")), shown::toString);
        assertFalse(shown.isAfter(Instant.now()), shown::toString);
    }

    @Test
    void a_text_that_is_too_long_is_cut_and_told_and_its_digest_is_that_of_the_whole_request() {
        PromptSubmitted event = JobChanges.submission("😀".repeat(750_000));

        JobEvent jobEvent = view.route(Topic.PROMPTS_SUBMITTED, record(event)).get(0);

        assertTrue(jobEvent.getShortened());
        assertEquals(10_000, jobEvent.getSubmitted().getPrompt().codePoints().count());
        assertEquals(RequestDigest.of(event), jobEvent.getRequestSha256());
        view.pipe(Topic.PROMPTS_SUBMITTED, event);
        assertTrue(view.own(JobChanges.ID).orElseThrow().getShortened());
        assertEquals(
                RequestDigest.of(event), view.own(JobChanges.ID).orElseThrow().getRequestSha256());
    }

    @Test
    void embeddings_and_unknown_fields_are_not_carried() {
        Tensor tensor = Tensor.newBuilder()
                .setData(ByteString.copyFrom(new byte[400_000]))
                .build();
        PromptEncoded event = PromptEncoded.newBuilder()
                .setJobId(JobChanges.ID)
                .setEncoded(EncodedPrompt.newBuilder()
                        .setPrompt("a red heart")
                        .setSampling(JobChanges.complete())
                        .setPromptEmbeds(tensor)
                        .setNegativePromptEmbeds(tensor))
                .build();

        JobEvent jobEvent = view.route(Topic.PROMPTS_ENCODED, record(event)).get(0);

        assertTrue(jobEvent.getSerializedSize() < 200, () -> jobEvent.getSerializedSize() + " bytes");
        assertFalse(jobEvent.getShortened());
    }

    @Test
    void a_event_that_stays_too_large_is_left_out() {
        SampledImages.Builder images = SampledImages.newBuilder();
        for (int n = 0; n < 1_024; n++) {
            SampledImage.Builder image = SampledImage.newBuilder();
            image.getObjectBuilder().setKey("k".repeat(2_000));
            images.addImages(image);
        }
        view.pipe(
                Topic.IMAGES_SAMPLED,
                ImageSampled.newBuilder()
                        .setJobId(JobChanges.ID)
                        .setImages(images)
                        .build());

        assertTrue(view.jobs().isEmpty());
        assertEquals(1, view.skipped("TOO_LARGE"));
    }

    @Test
    void a_stranger_on_the_views_own_topic_cannot_touch_a_job_under_another_key() {
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));
        JobEvent end = JobEvent.newBuilder()
                .setJobId(JobChanges.ID)
                .setSampled(((JobChange.Sampled) JobChanges.samplingFailed()).event())
                .build();

        view.fold(new TestRecord<>(json("another"), end.toByteArray(), view.headers(end), ViewDriver.START));
        view.fold(new TestRecord<>(null, end.toByteArray(), view.headers(end), ViewDriver.START));
        view.fold(new TestRecord<>(json(JobChanges.ID), new byte[] {1}, view.headers(end), ViewDriver.START));
        view.fold(new TestRecord<>(json(JobChanges.ID), null, view.headers(end), ViewDriver.START));

        assertEquals(State.SUBMITTED, view.own(JobChanges.ID).orElseThrow().getState());
    }

    @Test
    void what_is_no_job_on_the_topic_jobs_changes_nothing() {
        view.pipe(Topic.PROMPTS_SUBMITTED, JobChanges.submission("a red heart"));

        view.pipeJobs(json(JobChanges.ID), new byte[] {1, 2, 3});
        view.pipeJobs(json(JobChanges.ID), json("{}"));
        view.pipeJobs(null, new byte[] {1});
        view.pipe(Topic.IMAGES_SAMPLED, ((JobChange.Sampled) JobChanges.sampled()).event());

        assertEquals(State.SUCCEEDED, view.everyJob().get(JobChanges.ID).getState());
    }

    private TestRecord<byte[], byte[]> record(com.google.protobuf.Message event) {
        return new TestRecord<>(null, event.toByteArray(), view.headers(event), ViewDriver.START);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
