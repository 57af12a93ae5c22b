package io.surstream.streaming;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Turns events and dead letters into records under one prefix and CloudEvents source. Immutable. */
final class RecordWriter {

    /** Room in the largest record for its key and headers. */
    private static final int HEADER_ROOM = 16 * 1024;

    private final Topics topics;
    private final String source;

    RecordWriter(Topics topics, String source) {
        this.topics = topics;
        this.source = source;
    }

    /** @throws OversizedEventException when the topic would refuse the record */
    ProducerRecord<byte[], byte[]> event(Outgoing outgoing) {
        requireRoom(outgoing);
        byte[] value = outgoing.event().toByteArray();
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(
                topics.name(outgoing.topic()), outgoing.key().getBytes(StandardCharsets.UTF_8), value);
        EventCodec.describe(outgoing.event(), source, outgoing.cause(), result.headers());
        return result;
    }

    /** @throws OversizedEventException when the topic would refuse the record */
    static void requireRoom(Outgoing outgoing) {
        int size = outgoing.event().getSerializedSize();
        int limit = outgoing.topic().maxMessageBytes() - HEADER_ROOM;
        if (size > limit) {
            throw new OversizedEventException(outgoing.topic(), outgoing.key(), size, limit);
        }
    }

    List<ProducerRecord<byte[], byte[]>> events(List<Outgoing> events) {
        List<ProducerRecord<byte[], byte[]>> result = new ArrayList<>(events.size());
        for (Outgoing outgoing : events) {
            result.add(event(outgoing));
        }
        return result;
    }

    /** The original key, value and headers, with the story of the failure in further headers. */
    ProducerRecord<byte[], byte[]> deadLetter(DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> origin = letter.origin();
        int limit = Topic.DEAD_LETTERS.maxMessageBytes() - 4 * HEADER_ROOM;
        boolean tooLarge = origin.value() != null && origin.value().length > limit;
        byte[] value = tooLarge ? Arrays.copyOf(origin.value(), limit) : origin.value();
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(
                topics.name(Topic.DEAD_LETTERS),
                null,
                origin.key(),
                value,
                List.of(origin.headers().toArray()));
        Headers headers = result.headers();
        EventHeaders.set(headers, TraceContext.HEADER, letter.trace().traceparent());
        EventHeaders.set(headers, DeadLetterHeaders.TOPIC, origin.topic());
        EventHeaders.set(headers, DeadLetterHeaders.PARTITION, String.valueOf(origin.partition()));
        EventHeaders.set(headers, DeadLetterHeaders.OFFSET, String.valueOf(origin.offset()));
        EventHeaders.set(headers, DeadLetterHeaders.TIMESTAMP, String.valueOf(origin.timestamp()));
        EventHeaders.set(headers, DeadLetterHeaders.ERROR_TYPE, letter.errorType());
        EventHeaders.set(headers, DeadLetterHeaders.REASON, letter.reason());
        EventHeaders.set(headers, DeadLetterHeaders.STACK, letter.stack());
        EventHeaders.set(headers, DeadLetterHeaders.ATTEMPTS, String.valueOf(letter.attempts()));
        EventHeaders.set(headers, DeadLetterHeaders.WORKER, letter.worker());
        if (tooLarge) {
            EventHeaders.set(headers, DeadLetterHeaders.TRUNCATED_FROM, String.valueOf(origin.value().length));
        }
        return result;
    }
}
