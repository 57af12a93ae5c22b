package io.surstream.streaming.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.streaming.TestCluster;
import io.surstream.streaming.codec.MalformedEventException.Reason;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.TrainingRequested;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final PromptSubmitted PROMPT = PromptSubmitted.newBuilder()
            .setJobId("job-1")
            .setPrompt("un cœur rouge ❤")
            .setSampling(SamplingSettings.newBuilder().setSeed(7))
            .build();

    private final EventCodec<PromptSubmitted> submitted =
            EventCodec.of(Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance());

    private static Headers headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return headers;
    }

    private void refused(EventCodec<?> codec, Reason reason, String part, byte[] value, String... headers) {
        var refusal = assertThrows(MalformedEventException.class, () -> codec.decode(value, headers(headers)));
        assertEquals(reason, refusal.reason());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    @Test
    void an_event_comes_back_as_it_was_described() {
        Headers headers = new RecordHeaders();
        EventCodec.describe(PROMPT, "/surstream/gateway", Optional.of(TraceContext.create()), headers);
        assertEquals(PROMPT, submitted.decode(PROMPT.toByteArray(), headers));
        assertEquals(Optional.of("1.0"), EventHeaders.text(headers, "ce_specversion"));
        assertEquals(Optional.of("surstream.v1.PromptSubmitted"), EventHeaders.text(headers, "ce_type"));
        assertEquals(Optional.of("/surstream/gateway"), EventHeaders.text(headers, "ce_source"));
        assertEquals(Optional.of("application/protobuf"), EventHeaders.text(headers, "content-type"));
        assertTrue(EventHeaders.text(headers, "ce_id").isPresent());
        assertTrue(EventHeaders.text(headers, "ce_time").isPresent());
    }

    @Test
    void json_is_read_with_and_without_headers_in_both_spellings() {
        byte[] camel =
                "{\"jobId\":\"job-1\",\"prompt\":\"un cœur rouge ❤\",\"sampling\":{\"seed\":\"7\"}}".getBytes(UTF_8);
        byte[] snake =
                " \n{\"job_id\":\"job-1\",\"prompt\":\"un cœur rouge ❤\",\"sampling\":{\"seed\":7}}".getBytes(UTF_8);
        assertEquals(PROMPT, submitted.decode(camel, headers()));
        assertEquals(PROMPT, submitted.decode(snake, headers("content-type", "application/json; charset=utf-8")));
        assertEquals(
                PROMPT,
                submitted.decode(
                        snake, headers("ce_type", "surstream.v1.PromptSubmitted", "content-type", "application/json")));
    }

    private static String envelope(String members) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/app\",\"type\":\"surstream.v1.PromptSubmitted\","
                + members + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents+json; charset=UTF-8", ""})
    void a_structured_cloud_event_is_read_with_and_without_its_header(String contentType) {
        Headers headers = contentType.isEmpty() ? headers() : headers("content-type", contentType);
        String json = "{\"jobId\":\"job-1\",\"prompt\":\"un cœur rouge ❤\",\"sampling\":{\"seed\":7}}";
        String base64 = Base64.getEncoder().encodeToString(PROMPT.toByteArray());
        String base64OfJson = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));

        for (String members : List.of(
                "\"data\":" + json,
                "\"datacontenttype\":\"application/json\",\"data\":" + json,
                "\"data_base64\":\"" + base64OfJson + "\"",
                "\"datacontenttype\":\"application/protobuf\",\"data_base64\":\"" + base64 + "\"")) {
            assertEquals(PROMPT, submitted.decode(envelope(members).getBytes(UTF_8), headers), members);
            assertEquals(PROMPT, submitted.decode(("\uFEFF" + envelope(members)).getBytes(UTF_8), headers), members);
        }
    }

    @Test
    void json_with_a_byte_order_mark_is_read() {
        byte[] json = "\uFEFF{\"jobId\":\"job-1\"}".getBytes(UTF_8);
        assertEquals("job-1", submitted.decode(json, headers()).getJobId());
        assertEquals(
                "job-1",
                submitted
                        .decode(json, headers("content-type", "application/json"))
                        .getJobId());
    }

    @Test
    void every_topic_takes_every_form() {
        byte[] json = "{\"runId\":\"run-1\",\"stop\":{}}".getBytes(UTF_8);
        var requested = EventCodec.of(Topic.TRAINING_REQUESTED, TrainingRequested.getDefaultInstance());
        var cancelled = EventCodec.of(Topic.PROMPTS_CANCELLED, PromptCancelled.getDefaultInstance());
        assertTrue(requested.decode(json, headers()).hasStop());
        assertEquals(
                "job-1",
                cancelled
                        .decode("{\"jobId\":\"job-1\"}".getBytes(UTF_8), headers("content-type", "application/json"))
                        .getJobId());
    }

    @Test
    void an_envelope_that_cannot_be_understood_is_refused() {
        String data = "\"data\":{\"jobId\":\"job-1\"}";
        String[] structured = {"content-type", "application/cloudevents+json"};
        refused(
                submitted,
                Reason.NO_CONTENT,
                "either data or data_base64",
                envelope("\"a\":1").getBytes(UTF_8));
        refused(
                submitted,
                Reason.NO_CONTENT,
                "either data or data_base64",
                envelope(data + ",\"data_base64\":\"\"").getBytes(UTF_8));
        refused(
                submitted,
                Reason.NO_CONTENT,
                "must be Base64",
                envelope("\"data_base64\":\"%\"").getBytes(UTF_8));
        refused(
                submitted,
                Reason.NO_CONTENT,
                "a JSON object",
                envelope("\"data\":\"text\"").getBytes(UTF_8));
        refused(
                submitted,
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "text/xml",
                envelope("\"datacontenttype\":\"text/xml\"," + data).getBytes(UTF_8));
        refused(
                submitted,
                Reason.UNKNOWN_TYPE,
                "but is else",
                ("{\"specversion\":\"1.0\",\"type\":\"else\"," + data + "}").getBytes(UTF_8));
        refused(
                submitted,
                Reason.UNKNOWN_VERSION,
                "1.0 but is 0.3",
                ("{\"specversion\":\"0.3\",\"type\":\"surstream.v1.PromptSubmitted\"," + data + "}").getBytes(UTF_8));
        refused(submitted, Reason.UNKNOWN_VERSION, "none", ("{" + data + "}").getBytes(UTF_8), structured);
        refused(submitted, Reason.NOT_JSON, "expected an object", "[]".getBytes(UTF_8), structured);
    }

    @Test
    void json_that_could_be_read_in_two_ways_is_refused() {
        refused(submitted, Reason.NOT_JSON, "is duplicated", "{\"jobId\":\"a\",\"jobId\":\"b\"}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "given once", "{\"jobId\":\"a\",\"job_id\":\"a\"}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "is duplicated", "{\"sampling\":{\"seed\":1,\"seed\":2}}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "malformed", "{\"jobId\":\"a\"}{\"jobId\":\"b\"}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "malformed", "{\"jobId\":\"a\",}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "JOBID", "{\"JOBID\":\"a\"}".getBytes(UTF_8));
        refused(submitted, Reason.MISSING_TYPE, "not a JSON object", "{jobId:'a'}".getBytes(UTF_8));
        refused(
                submitted,
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "charset=utf-16",
                "{\"jobId\":\"a\"}".getBytes(UTF_16),
                "content-type",
                "application/json; charset=utf-16");
    }

    @Test
    void numbers_may_be_texts_as_protobuf_json_has_them_and_only_whole_ones_that_fit() {
        byte[] text = "{\"sampling\":{\"seed\":\"18446744073709551615\",\"numInferenceSteps\":\"7\"}}".getBytes(UTF_8);
        SamplingSettings read = submitted.decode(text, headers()).getSampling();
        assertEquals(-1L, read.getSeed());
        assertEquals(7, read.getNumInferenceSteps());
        refused(submitted, Reason.NOT_JSON, "32 bits", "{\"sampling\":{\"numInferenceSteps\":7.5}}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "true or false", "{\"truncate\":\"yes\"}".getBytes(UTF_8));
    }

    @Test
    void json_of_more_values_than_an_event_has_is_refused_before_it_is_parsed() {
        refused(submitted, Reason.NOT_JSON, "20000", ("{\"a\":[" + "0,".repeat(30_000) + "0]}").getBytes(UTF_8));
    }

    @Test
    void a_protobuf_message_that_begins_like_json_is_read_as_protobuf() {
        PromptSubmitted prompt = TestCluster.prompt("k".repeat('{'));
        assertEquals(
                prompt, submitted.decode(prompt.toByteArray(), headers("ce_type", "surstream.v1.PromptSubmitted")));
    }

    @Test
    void a_record_without_a_value_is_refused() {
        refused(submitted, Reason.NO_CONTENT, "has no value", null);
    }

    @Test
    void unknown_types_and_versions_are_refused_by_name() {
        byte[] value = PROMPT.toByteArray();
        refused(submitted, Reason.UNKNOWN_TYPE, "but is surstream.v2.X", value, "ce_type", "surstream.v2.X");
        refused(
                submitted,
                Reason.UNKNOWN_VERSION,
                "must be 1.0 but is 2.0",
                value,
                "ce_type",
                "surstream.v1.PromptSubmitted",
                "ce_specversion",
                "2.0");
        refused(
                submitted,
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "application/json in UTF-8 or application/cloudevents+json but is text/plain",
                value,
                "content-type",
                "text/plain");
    }

    @Test
    void bytes_that_are_no_event_are_refused() {
        refused(
                submitted,
                Reason.NOT_PROTOBUF,
                "the 2 bytes are not a surstream.v1.PromptSubmitted",
                new byte[] {10, 99},
                "ce_type",
                "surstream.v1.PromptSubmitted");
        refused(submitted, Reason.MISSING_TYPE, "is not a JSON object", "hello".getBytes(UTF_8));
        refused(submitted, Reason.MISSING_TYPE, "is not a JSON object", new byte[0]);
    }

    @Test
    void json_off_the_schema_is_refused_with_the_parsers_reason() {
        refused(submitted, Reason.NOT_JSON, "promt", "{\"promt\":\"typo\"}".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "End of input", "{\"prompt\":".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "32 bits", "{\"sampling\":{\"numInferenceSteps\":1e10}}".getBytes(UTF_8));
        refused(
                submitted,
                Reason.NOT_UTF8,
                "not UTF-8",
                "{\"prompt\":\"cœur é\"}".replace('œ', 'e').getBytes(ISO_8859_1));
    }

    @Test
    void json_nested_without_end_is_refused_and_not_a_crash() {
        byte[] bomb = "{\"sampling\":".repeat(100_000).getBytes(UTF_8);
        refused(submitted, Reason.NOT_JSON, "Nesting limit", bomb);
    }

    @Test
    void a_long_reason_is_shortened() {
        var refusal = assertThrows(
                MalformedEventException.class,
                () -> submitted.decode(new byte[0], headers("ce_type", "x".repeat(10_000))));
        assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
    }

    @Test
    void a_codec_of_another_topics_event_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> EventCodec.of(Topic.IMAGES_SAMPLED, PromptEncoded.getDefaultInstance()));
        assertEquals("topic images.sampled does not carry surstream.v1.PromptEncoded", refusal.getMessage());
    }
}
