package io.surstream.torch.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.surstream.torch.tensor.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the JSON of one safetensors header, field by field, believing none of it. */
final class SafetensorsJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DIMENSIONS = 64;

    private final Path file;

    SafetensorsJson(Path file) {
        this.file = file;
    }

    SafetensorsHeader parse(byte[] json, long dataStart) {
        if (json[0] != '{') {
            throw problem("its header does not begin with '{'; this is no safetensors file");
        }
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = null;
        try (JsonParser p = JSON.createParser(decode(json))) {
            p.nextToken();
            while (p.nextToken() != JsonToken.END_OBJECT) {
                String name = p.currentName();
                p.nextToken();
                if (name.equals("__metadata__")) {
                    if (metadata != null) {
                        throw problem("__metadata__ is duplicated in its header");
                    }
                    metadata = metadata(p);
                } else if (entries.put(name, entry(name, p)) != null) {
                    throw problem("tensor '" + name + "' is duplicated in its header");
                }
            }
            if (p.nextToken() != null) {
                throw problem("something follows the JSON in its header");
            }
        } catch (JsonProcessingException e) {
            throw new SafetensorsException(file, "its header is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SafetensorsException(file, "its header cannot be read: " + e.getMessage(), e);
        }
        return new SafetensorsHeader(
                Collections.unmodifiableMap(entries),
                metadata == null ? Map.of() : Collections.unmodifiableMap(metadata),
                dataStart);
    }

    private String decode(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SafetensorsException(file, "its header is not UTF-8 text", e);
        }
    }

    private Map<String, String> metadata(JsonParser p) throws IOException {
        expect(p, JsonToken.START_OBJECT, "__metadata__ must be an object");
        Map<String, String> metadata = new LinkedHashMap<>();
        while (p.nextToken() != JsonToken.END_OBJECT) {
            String key = p.currentName();
            p.nextToken();
            expect(p, JsonToken.VALUE_STRING, "metadata '" + key + "' must be text");
            if (metadata.put(key, p.getText()) != null) {
                throw problem("metadata '" + key + "' is duplicated in its header");
            }
        }
        return metadata;
    }

    private SafetensorsHeader.Entry entry(String name, JsonParser p) throws IOException {
        String tensor = "tensor '" + name + "': ";
        expect(p, JsonToken.START_OBJECT, tensor + "must be an object");
        DType dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (p.nextToken() != JsonToken.END_OBJECT) {
            String field = p.currentName();
            p.nextToken();
            boolean again;
            switch (field) {
                case "dtype" -> {
                    again = dtype != null;
                    dtype = dtype(tensor, p);
                }
                case "shape" -> {
                    again = shape != null;
                    shape = numbers(tensor + "shape", MAX_DIMENSIONS, p);
                }
                case "data_offsets" -> {
                    again = offsets != null;
                    offsets = numbers(tensor + "data_offsets", 2, p);
                }
                default ->
                    throw problem(tensor + "has a field '" + field + "'; there are only dtype, shape and data_offsets");
            }
            if (again) {
                throw problem(tensor + field + " is duplicated");
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw problem(tensor + "needs dtype, shape and data_offsets");
        }
        return checked(tensor, new SafetensorsHeader.Entry(name, dtype, shape, first(tensor, offsets), offsets[1]));
    }

    private long first(String tensor, long[] offsets) {
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw problem(tensor + "data_offsets must be [begin, end] but is " + Arrays.toString(offsets));
        }
        return offsets[0];
    }

    private SafetensorsHeader.Entry checked(String tensor, SafetensorsHeader.Entry entry) {
        long bytes = entry.dtype().bytes();
        try {
            for (long d : entry.shape()) {
                bytes = Math.multiplyExact(bytes, d);
            }
        } catch (ArithmeticException e) {
            throw problem(tensor + "shape " + Arrays.toString(entry.shape()) + " is too large for any file");
        }
        if (bytes != entry.bytes()) {
            throw problem(tensor + entry.dtype().safetensorsName() + Arrays.toString(entry.shape()) + " needs " + bytes
                    + " bytes but data_offsets give it " + entry.bytes());
        }
        return entry;
    }

    private DType dtype(String tensor, JsonParser p) throws IOException {
        expect(p, JsonToken.VALUE_STRING, tensor + "dtype must be text");
        for (DType dtype : DType.values()) {
            if (dtype.safetensorsName().equals(p.getText())) {
                return dtype;
            }
        }
        String known = Arrays.stream(DType.values()).map(DType::safetensorsName).collect(Collectors.joining(", "));
        throw problem(tensor + "dtype must be one of " + known + " but is " + p.getText());
    }

    private long[] numbers(String what, int most, JsonParser p) throws IOException {
        expect(p, JsonToken.START_ARRAY, what + " must be a list");
        long[] numbers = new long[most];
        int n = 0;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            expect(p, JsonToken.VALUE_NUMBER_INT, what + " must hold whole numbers");
            if (n == most) {
                throw problem(what + " has more than " + most + " numbers");
            }
            if (p.getNumberType() == JsonParser.NumberType.BIG_INTEGER || p.getLongValue() < 0) {
                throw problem(what + " holds " + p.getText() + "; the limits are 0 and " + Long.MAX_VALUE);
            }
            numbers[n++] = p.getLongValue();
        }
        return Arrays.copyOf(numbers, n);
    }

    private void expect(JsonParser p, JsonToken token, String rule) throws IOException {
        if (p.currentToken() != token) {
            throw problem(rule + " but is " + p.getText());
        }
    }

    private SafetensorsException problem(String problem) {
        return new SafetensorsException(file, problem);
    }
}
