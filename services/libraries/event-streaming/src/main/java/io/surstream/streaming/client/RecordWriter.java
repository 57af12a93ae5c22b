package io.surstream.streaming.client;

import io.surstream.streaming.codec.BoundedBytes;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns events and dead letters into records under one prefix and CloudEvents source. Immutable. */
public final class RecordWriter {

    /** Room in the largest record for its key and headers. */
    private static final int HEADER_ROOM = 16 * 1024;

    /** Of a letter's value: leaves room for the original key and headers, and for the story. */
    private static final int LETTERS_VALUE =
            Topic.DEAD_LETTERS.maxMessageBytes() - 2 * BoundedBytes.KEY_OR_HEADERS - 4 * HEADER_ROOM;

    /** Characters of a reason or a stack. */
    private static final int LONGEST_TEXT = 8_000;

    private final Topics topics;
    private final String source;

    public RecordWriter(Topics topics, String source) {
        this.topics = topics;
        this.source = source;
    }

    /** @throws OversizedEventException when the topic would refuse the record */
    public ProducerRecord<byte[], byte[]> event(Outgoing outgoing) {
        requireRoom(outgoing);
        byte[] value = outgoing.event().toByteArray();
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(
                topics.name(outgoing.topic()), outgoing.key().getBytes(StandardCharsets.UTF_8), value);
        EventCodec.describe(outgoing.event(), source, outgoing.cause(), result.headers());
        return result;
    }

    /** @throws OversizedEventException when the topic would refuse the record */
    public static void requireRoom(Outgoing outgoing) {
        int size = outgoing.event().getSerializedSize();
        int limit = outgoing.topic().maxMessageBytes() - HEADER_ROOM;
        if (size > limit) {
            throw new OversizedEventException(outgoing.topic(), outgoing.key(), size, limit);
        }
    }

    public List<ProducerRecord<byte[], byte[]>> events(List<Outgoing> events) {
        List<ProducerRecord<byte[], byte[]>> result = new ArrayList<>(events.size());
        for (Outgoing outgoing : events) {
            result.add(event(outgoing));
        }
        return result;
    }

    /**
     * The original key, value and headers, each cut to what fits, with the story of the failure in further headers.
     */
    public ProducerRecord<byte[], byte[]> deadLetter(DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> origin = letter.origin();
        byte[] value = cut(origin.value(), LETTERS_VALUE);
        Headers kept = new RecordHeaders(origin.headers());
        BoundedBytes.bound(kept);
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(
                topics.name(Topic.DEAD_LETTERS), null, cut(origin.key(), BoundedBytes.KEY_OR_HEADERS), value, kept);
        Headers headers = result.headers();
        EventHeaders.set(headers, TraceContext.HEADER, letter.trace().traceparent());
        EventHeaders.set(headers, DeadLetterHeaders.TOPIC, origin.topic());
        EventHeaders.set(headers, DeadLetterHeaders.PARTITION, String.valueOf(origin.partition()));
        EventHeaders.set(headers, DeadLetterHeaders.OFFSET, String.valueOf(origin.offset()));
        EventHeaders.set(headers, DeadLetterHeaders.TIMESTAMP, String.valueOf(origin.timestamp()));
        EventHeaders.set(headers, DeadLetterHeaders.ERROR_TYPE, letter.errorType());
        EventHeaders.set(headers, DeadLetterHeaders.REASON, shortened(letter.reason()));
        EventHeaders.set(headers, DeadLetterHeaders.STACK, shortened(letter.stack()));
        EventHeaders.set(headers, DeadLetterHeaders.ATTEMPTS, String.valueOf(letter.attempts()));
        EventHeaders.set(headers, DeadLetterHeaders.WORKER, letter.worker());
        if (value != origin.value()) {
            EventHeaders.set(headers, DeadLetterHeaders.TRUNCATED_FROM, String.valueOf(origin.value().length));
        }
        return result;
    }

    private static byte[] cut(byte[] whole, int most) {
        return whole == null || whole.length <= most ? whole : Arrays.copyOf(whole, most);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
