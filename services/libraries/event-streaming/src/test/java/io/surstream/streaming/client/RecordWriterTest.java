package io.surstream.streaming.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.Tensor;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordWriterTest {

    private final RecordWriter writer = new RecordWriter(new Topics(TopicSettings.defaults()), "/surstream/test");

    private static Optional<String> header(
            org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]> written, String name) {
        return EventHeaders.text(written.headers(), name);
    }

    @Test
    void an_event_that_its_topic_would_refuse_is_refused_here() {
        PromptEncoded large = PromptEncoded.newBuilder()
                .setEncoded(EncodedPrompt.newBuilder()
                        .setPromptEmbeds(Tensor.newBuilder().setData(ByteString.copyFrom(new byte[1 << 20]))))
                .build();
        var refusal = assertThrows(
                OversizedEventException.class, () -> writer.event(Outgoing.of(Topic.PROMPTS_ENCODED, "job", large)));
        assertEquals("EVENT_TOO_LARGE", refusal.type());
        assertTrue(
                refusal.getMessage().startsWith("the event for prompts.encoded with key job may have"),
                refusal.getMessage());
    }

    @Test
    void an_event_on_another_topic_is_refused() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Outgoing.of(Topic.IMAGES_SAMPLED, "job", PromptEncoded.getDefaultInstance()));
        assertEquals("topic images.sampled does not carry surstream.v1.PromptEncoded", refusal.getMessage());
    }

    @Test
    void a_letter_keeps_the_record_and_tells_its_story() {
        var origin = new ConsumerRecord<>("surstream.prompts.encoded", 3, 42, "key".getBytes(), new byte[] {1, 2});
        origin.headers().add("own", "kept".getBytes());
        Exception error = new IllegalStateException("the store is down", new java.io.IOException("refused"));
        var written = writer.deadLetter(new DeadLetter(origin, "key", "sampler", error, 6));
        assertEquals("surstream.dead-letters", written.topic());
        assertArrayEquals(origin.key(), written.key());
        assertArrayEquals(origin.value(), written.value());
        assertEquals(Optional.of("kept"), header(written, "own"));
        assertEquals(Optional.of("surstream.prompts.encoded"), header(written, DeadLetterHeaders.TOPIC));
        assertEquals(Optional.of("3"), header(written, DeadLetterHeaders.PARTITION));
        assertEquals(Optional.of("42"), header(written, DeadLetterHeaders.OFFSET));
        assertEquals(Optional.of("INTERNAL"), header(written, DeadLetterHeaders.ERROR_TYPE));
        assertEquals(Optional.of("the store is down"), header(written, DeadLetterHeaders.REASON));
        assertEquals(Optional.of("6"), header(written, DeadLetterHeaders.ATTEMPTS));
        assertEquals(Optional.of("sampler"), header(written, DeadLetterHeaders.WORKER));
        String stack = header(written, DeadLetterHeaders.STACK).orElseThrow();
        assertTrue(stack.contains("caused by: java.io.IOException: refused"), stack);
        assertTrue(stack.length() < 8_000);
    }

    @Test
    void a_letter_too_large_for_its_topic_is_cut_and_says_so() {
        var origin = new ConsumerRecord<>("topic", 0, 0, "key".getBytes(), new byte[3 << 20]);
        var written = writer.deadLetter(new DeadLetter(origin, null, "worker", new IllegalStateException(), 1));
        assertTrue(written.value().length < 2 << 20);
        assertEquals(Optional.of(String.valueOf(3 << 20)), header(written, DeadLetterHeaders.TRUNCATED_FROM));
    }

    @Test
    void a_letter_with_a_large_key_large_headers_and_a_long_reason_fits_its_topic() {
        var origin = new ConsumerRecord<>("topic", 0, 0, new byte[1 << 20], new byte[3 << 20]);
        origin.headers().add("small", new byte[10]).add("large", new byte[1 << 20]);
        var written = writer.deadLetter(
                new DeadLetter(origin, null, "worker", new IllegalStateException("x".repeat(1 << 20)), 1));
        int bytes = written.key().length + written.value().length;
        for (var header : written.headers()) {
            bytes += header.key().length() + header.value().length;
        }
        assertTrue(bytes < 2 << 20, bytes + " bytes");
        assertArrayEquals(new byte[10], written.headers().lastHeader("small").value());
        assertEquals(null, written.headers().lastHeader("large"));
    }
}
