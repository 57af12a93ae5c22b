package io.surstream.torch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes of length, then JSON.
 *
 * @param entries tensors in the header's order
 * @param dataStart position in the file where the tensors' bytes begin
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long dataStart) {
    static final long MAX_HEADER_BYTES = 100_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A tensor at bytes {@code begin} to {@code end}, counted from the end of the header. */
    record Entry(DType dtype, long[] shape, long begin, long end) {}

    static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, length, 0);
        long headerBytes = length.getLong(0);
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > channel.size() - 8) {
            throw new SafetensorsException(file, "header length " + headerBytes + " does not fit the file");
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        readFully(file, channel, json, 8);
        JsonNode root = JSON.readTree(json.array());
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        root.properties().forEach(field -> {
            JsonNode v = field.getValue();
            if (field.getKey().equals("__metadata__")) {
                v.properties()
                        .forEach(e -> metadata.put(e.getKey(), e.getValue().textValue()));
            } else {
                entries.put(field.getKey(), entry(file, v));
            }
        });
        return new SafetensorsHeader(entries, metadata, 8 + headerBytes);
    }

    private static Entry entry(Path file, JsonNode v) {
        long[] shape = new long[v.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = v.get("shape").get(i).longValue();
        }
        for (DType dtype : DType.values()) {
            if (dtype.safetensorsName().equals(v.get("dtype").textValue())) {
                JsonNode offsets = v.get("data_offsets");
                return new Entry(
                        dtype, shape, offsets.get(0).longValue(), offsets.get(1).longValue());
            }
        }
        throw new SafetensorsException(file, "unknown dtype " + v.get("dtype"));
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            int n = channel.read(into, position + into.position());
            if (n < 0) {
                throw new SafetensorsException(file, "ends inside its header");
            }
        }
    }
}
