package io.surstream.streaming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.streaming.MalformedEventException.Reason;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.SamplingSettings;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private static final PromptSubmitted PROMPT = PromptSubmitted.newBuilder()
            .setJobId("job-1")
            .setPrompt("un cœur rouge ❤")
            .setSampling(SamplingSettings.newBuilder().setSeed(7))
            .build();

    private final EventCodec<PromptSubmitted> submitted =
            EventCodec.of(Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance());
    private final EventCodec<PromptEncoded> encoded =
            EventCodec.of(Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance());

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

    @Test
    void json_is_not_read_on_other_topics() {
        byte[] json = "{\"jobId\":\"job-1\"}".getBytes(UTF_8);
        refused(encoded, Reason.MISSING_TYPE, "no ce_type header", json);
        refused(
                encoded,
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "must be application/protobuf but is application/json",
                json,
                "content-type",
                "application/json");
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
                "or application/json but is text/plain",
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
        refused(submitted, Reason.NOT_JSON, "is not a surstream.v1.PromptSubmitted", "{\"prompt\":".getBytes(UTF_8));
        refused(submitted, Reason.NOT_JSON, "int32", "{\"sampling\":{\"numInferenceSteps\":1e10}}".getBytes(UTF_8));
        refused(
                submitted,
                Reason.NOT_UTF8,
                "not UTF-8",
                "{\"prompt\":\"cœur é\"}".replace('œ', 'e').getBytes(ISO_8859_1));
    }

    @Test
    void json_nested_without_end_is_refused_and_not_a_crash() {
        byte[] bomb = "{\"sampling\":".repeat(100_000).getBytes(UTF_8);
        refused(submitted, Reason.NOT_JSON, "is not a", bomb);
    }

    @Test
    void a_long_reason_is_shortened() {
        var refusal = assertThrows(
                MalformedEventException.class,
                () -> submitted.decode(new byte[0], headers("ce_type", "x".repeat(10_000))));
        assertTrue(refusal.getMessage().length() < 300, refusal.getMessage());
    }

    @Test
    void the_job_id_is_found_where_it_can_be_read() {
        byte[] json = "{\"job_id\":\"from-json\",\"promt\":1}".getBytes(UTF_8);
        assertEquals(Optional.of("key"), submitted.readableJobId("key".getBytes(UTF_8), json));
        assertEquals(Optional.of("from-json"), submitted.readableJobId(null, json));
        assertEquals(Optional.empty(), submitted.readableJobId(null, new byte[] {1, 2}));
        assertEquals(Optional.empty(), submitted.readableJobId(new byte[0], "{".getBytes(UTF_8)));
        assertEquals(Optional.empty(), submitted.readableJobId("k".repeat(129).getBytes(UTF_8), null));
    }

    @Test
    void a_codec_of_another_topics_event_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> EventCodec.of(Topic.IMAGES_SAMPLED, PromptEncoded.getDefaultInstance()));
        assertEquals("topic images.sampled does not carry surstream.v1.PromptEncoded", refusal.getMessage());
    }
}
