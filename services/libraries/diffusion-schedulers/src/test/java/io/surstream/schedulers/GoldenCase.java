package io.surstream.schedulers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A golden case: what diffusers computed, with the tolerance that was stated for it. */
record GoldenCase(String folder, JsonNode description, JsonNode header, ByteBuffer tensors) {

    static GoldenCase of(String folder) {
        try {
            ObjectMapper json = new ObjectMapper();
            ByteBuffer file = ByteBuffer.wrap(read(folder, "io.safetensors")).order(ByteOrder.LITTLE_ENDIAN);
            byte[] header = new byte[(int) file.getLong()];
            file.get(header);
            JsonNode description = json.readTree(read(folder, "case.json"));
            return new GoldenCase(
                    folder,
                    description,
                    json.readTree(new String(header, StandardCharsets.UTF_8)),
                    file.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String folder, String file) throws IOException {
        String resource = "/io/surstream/testsupport/fixtures/golden/" + folder + "/" + file;
        try (InputStream in = GoldenCase.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        }
    }

    boolean has(String name) {
        return header.has(name);
    }

    long[] shape(String name) {
        JsonNode shape = header.get(name).get("shape");
        long[] result = new long[shape.size()];
        Arrays.setAll(result, i -> shape.get(i).longValue());
        return result;
    }

    /** The tensor as floats (whole-number tensors converted). */
    float[] values(String name) {
        JsonNode entry = header.get(name);
        int from = entry.get("data_offsets").get(0).intValue();
        boolean wide = entry.get("dtype").textValue().equals("I64");
        float[] result = new float[(entry.get("data_offsets").get(1).intValue() - from) / (wide ? 8 : 4)];
        for (int i = 0; i < result.length; i++) {
            result[i] = wide ? tensors.getLong(from + 8 * i) : tensors.getFloat(from + 4 * i);
        }
        return result;
    }

    /** Row {@code i} along the first axis. */
    float[] row(String name, int i) {
        float[] all = values(name);
        int length = all.length / (int) shape(name)[0];
        return Arrays.copyOfRange(all, i * length, (i + 1) * length);
    }

    double tolerance(String name) {
        return description.get("suggested_abs_tolerance").get(name).doubleValue();
    }

    SchedulerConfig config() throws IOException {
        return SchedulerConfig.parse(
                new String(read(folder, description.get("params").get("config").textValue()), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return description.get("case").textValue();
    }
}
