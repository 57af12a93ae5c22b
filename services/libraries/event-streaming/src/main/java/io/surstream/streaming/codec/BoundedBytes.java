package io.surstream.streaming.codec;

import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.EventHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bytes of keys and values, of very large ones only the beginning: a topic limits what a batch has when it is compressed, and a
 * compressed record may be a thousand times as large when it is read. Immutable and thread-safe.
 *
 * @param whole longest content that is kept whole, in bytes
 * @param part bytes of a longer one that are kept
 * @param marked whether the header {@link DeadLetterHeaders#TRUNCATED_FROM} gets the original length
 */
public record BoundedBytes(int whole, int part, boolean marked) implements Deserializer<byte[]> {

    /** Of a record's key, and of all its headers together, in bytes. */
    public static final int KEY_OR_HEADERS = 32 << 10;

    /** Of a value: several times what a topic takes uncompressed. */
    public static final int VALUE = 8 << 20;

    private static final int PART_OF_VALUE = 64 << 10;

    public static BoundedBytes ofValues() {
        return new BoundedBytes(VALUE, PART_OF_VALUE, true);
    }

    public static BoundedBytes ofKeys() {
        return new BoundedBytes(KEY_OR_HEADERS, KEY_OR_HEADERS, false);
    }

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        throw new UnsupportedOperationException("consumers read a record with its headers");
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
        if (data == null) {
            return null;
        }
        bound(headers);
        int bytes = data.remaining();
        byte[] kept = new byte[bytes <= whole ? bytes : part];
        data.get(kept);
        if (marked && kept.length < bytes) {
            EventHeaders.set(headers, DeadLetterHeaders.TRUNCATED_FROM, String.valueOf(bytes));
        }
        return kept;
    }

    /** Leaves out the headers that are too much. To look at one frees it from the buffer of the whole record. */
    public static void bound(Headers headers) {
        List<Header> kept = new ArrayList<>();
        List<Header> all = new ArrayList<>();
        long room = KEY_OR_HEADERS;
        for (Header header : headers) {
            all.add(header);
            room -= header.key().length() * 3L + (header.value() == null ? 0 : header.value().length);
            if (room >= 0) {
                kept.add(header);
            }
        }
        if (kept.size() < all.size()) {
            all.forEach(header -> headers.remove(header.key()));
            kept.forEach(headers::add);
        }
    }
}
