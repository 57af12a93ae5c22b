package io.surstream.streaming;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a raw record with a codec. */
final class IncomingReader {

    private IncomingReader() {}

    /** @throws MalformedEventException when the record is not the codec's event */
    static <T extends Message> Incoming<T> read(
            EventCodec<T> codec, ConsumerRecord<byte[], byte[]> origin, TraceContext trace) {
        return new Incoming<>(
                codec.decode(origin.value(), origin.headers()),
                origin.key() == null ? null : new String(origin.key(), StandardCharsets.UTF_8),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                Instant.ofEpochMilli(origin.timestamp()),
                origin.deliveryCount().map(Short::intValue).orElse(1),
                trace);
    }
}
