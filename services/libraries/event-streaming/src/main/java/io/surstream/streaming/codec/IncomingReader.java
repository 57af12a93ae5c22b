package io.surstream.streaming.codec;

import com.google.protobuf.Message;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.tracing.RecordSpan;
import io.surstream.streaming.tracing.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a raw record with a codec. */
public final class IncomingReader {

    private IncomingReader() {}

    /**
     * @param recordSpan receives the record's event
     * @throws MalformedEventException when the record is not the codec's event
     */
    public static <T extends Message> Incoming<T> read(
            EventCodec<T> codec, ConsumerRecord<byte[], byte[]> origin, RecordSpan recordSpan) {
        T event = codec.decode(origin.value(), origin.headers());
        recordSpan.about(event);
        return read(event, origin, recordSpan.trace());
    }

    /** @throws MalformedEventException when the record is not the codec's event */
    public static <T extends Message> Incoming<T> read(
            EventCodec<T> codec, ConsumerRecord<byte[], byte[]> origin, TraceContext trace) {
        return read(codec.decode(origin.value(), origin.headers()), origin, trace);
    }

    private static <T extends Message> Incoming<T> read(
            T event, ConsumerRecord<byte[], byte[]> origin, TraceContext trace) {
        return new Incoming<>(
                event,
                origin.key() == null ? null : new String(origin.key(), StandardCharsets.UTF_8),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                RecordTime.of(origin.timestamp(), Instant.now()),
                origin.deliveryCount().map(Short::intValue).orElse(1),
                trace);
    }
}
