package io.surstream.streaming.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.Tensor;
import io.surstream.v1.TrainingRequested;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which job a record is about that may be no event. */
class NamedWorkTest {

    private static final String TYPE = "surstream.v1.PromptSubmitted";
    private static final PromptSubmitted PROMPT = TestCluster.prompt("stray-1");

    private final EventCodec<PromptSubmitted> codec =
            EventCodec.of(Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance());

    private static Headers headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return headers;
    }

    private Optional<String> id(byte[] value, String... headers) {
        return codec.readableJobId(value, headers(headers));
    }

    private Optional<String> id(String json, String... headers) {
        return id(json.getBytes(UTF_8), headers);
    }

    private static byte[] torn(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 1);
    }

    @Test
    void protobuf_names_its_job_whole_or_torn() {
        byte[] whole = PROMPT.toByteArray();
        assertEquals(Optional.of("stray-1"), id(whole, "ce_type", TYPE));
        assertEquals(Optional.of("stray-1"), id(torn(whole), "ce_type", TYPE, "content-type", "application/protobuf"));
        assertEquals(Optional.of("stray-1"), id(whole));
    }

    @Test
    void of_two_protobuf_ids_the_one_that_a_parser_takes_is_meant() {
        byte[] first = PROMPT.toByteArray();
        byte[] both = ByteString.copyFrom(first)
                .concat(TestCluster.prompt("second").toByteString())
                .toByteArray();
        assertEquals(Optional.of("second"), id(both, "ce_type", TYPE));
    }

    @Test
    void json_names_its_job_in_both_spellings_and_before_a_fault() {
        assertEquals(Optional.of("stray-1"), id("{\"jobId\":\"stray-1\",\"promt\":1}"));
        assertEquals(Optional.of("stray-1"), id("\uFEFF {\"job_id\":\"stray-1\"}", "content-type", "text/plain"));
        assertEquals(Optional.of("stray-1"), id("{\"jobId\":\"stray-1\",\"prompt\":"));
        assertEquals(Optional.of("stray-1"), id("{\"jobId\":\"stray-1\"} and more"));
    }

    @Test
    void json_that_names_two_jobs_names_none() {
        assertEquals(Optional.empty(), id("{\"jobId\":\"a\",\"jobId\":\"b\"}"));
        assertEquals(Optional.empty(), id("{\"jobId\":\"a\",\"job_id\":\"b\"}"));
        assertEquals(Optional.empty(), id("{\"sampling\":{\"jobId\":\"a\"}}"));
        assertEquals(Optional.empty(), id("{\"jobId\":7}"));
    }

    @Test
    void a_structured_cloud_event_names_the_job_in_its_data_and_not_itself() {
        String open = "{\"specversion\":\"1.0\",\"id\":\"envelope\",\"type\":\"" + TYPE + "\",";
        assertEquals(Optional.of("stray-1"), id(open + "\"data\":{\"jobId\":\"stray-1\",\"promt\":1}}"));
        String base64 = Base64.getEncoder().encodeToString(torn(PROMPT.toByteArray()));
        assertEquals(
                Optional.of("stray-1"),
                id(
                        open + "\"datacontenttype\":\"application/protobuf\",\"data_base64\":\"" + base64 + "\"}",
                        "content-type",
                        "application/cloudevents+json"));
        assertEquals(Optional.empty(), id(open + "\"jobId\":\"outside\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "a b", "a/b", "ünicode"})
    void what_is_no_id_by_its_form_is_never_used(String text) {
        assertEquals(Optional.empty(), id("{\"jobId\":\"" + text + "\"}"));
        assertEquals(Optional.empty(), id(TestCluster.prompt(text).toByteArray(), "ce_type", TYPE));
    }

    @Test
    void an_id_that_is_too_long_is_never_used() {
        assertEquals(
                Optional.of("k".repeat(128)),
                id(TestCluster.prompt("k".repeat(128)).toByteArray()));
        assertEquals(Optional.empty(), id(TestCluster.prompt("k".repeat(129)).toByteArray()));
    }

    @Test
    void an_event_of_another_type_names_no_job_here() {
        byte[] cancelled =
                PromptCancelled.newBuilder().setJobId("other").build().toByteArray();
        assertEquals(Optional.empty(), id(cancelled, "ce_type", "surstream.v1.PromptCancelled"));
        assertEquals(Optional.empty(), id("{\"jobId\":\"other\"}", "ce_type", "surstream.v1.PromptCancelled"));
        assertEquals(Optional.empty(), id(cancelled, "content-type", "application/cloudevents+protobuf"));
        assertEquals(
                Optional.empty(), id("{\"specversion\":\"1.0\",\"type\":\"else\",\"data\":{\"jobId\":\"other\"}}"));
    }

    @Test
    void garbage_names_nothing() {
        assertEquals(Optional.empty(), id((byte[]) null));
        assertEquals(Optional.empty(), id(new byte[0]));
        assertEquals(Optional.empty(), id(new byte[] {1, 2}));
        assertEquals(Optional.empty(), id(new byte[] {10, 99, 'a'}));
        assertEquals(Optional.empty(), id("{"));
        assertEquals(Optional.empty(), id("[{\"jobId\":\"a\"}]"));
        assertEquals(Optional.empty(), id("{\"a\":".repeat(100_000)));
    }

    @Test
    void an_opening_brace_as_the_length_of_an_id_is_no_json() {
        String id = "k".repeat('{');
        assertEquals(Optional.of(id), id(TestCluster.prompt(id).toByteArray()));
    }

    @Test
    void a_request_names_its_run_and_an_event_without_an_id_nothing() {
        byte[] run = TrainingRequested.newBuilder().setRunId("run-1").build().toByteArray();
        assertEquals(
                Optional.of("run-1"),
                EventCodec.of(Topic.TRAINING_REQUESTED, TrainingRequested.getDefaultInstance())
                        .readableJobId(run, headers()));
        assertEquals(
                Optional.empty(),
                EventCodec.of(Topic.EXAMPLES_EMBEDDED, io.surstream.v1.PromptEmbedded.getDefaultInstance())
                        .readableJobId(new byte[] {10, 1, 'a'}, headers()));
    }

    @Test
    void a_large_event_names_its_job() {
        PromptEncoded large = PromptEncoded.newBuilder()
                .setJobId("large")
                .setEncoded(io.surstream.v1.EncodedPrompt.newBuilder()
                        .setPromptEmbeds(Tensor.newBuilder().setData(ByteString.copyFrom(new byte[8 << 20]))))
                .build();
        assertEquals(
                Optional.of("large"),
                EventCodec.of(Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance())
                        .readableJobId(large.toByteArray(), headers()));
    }
}
