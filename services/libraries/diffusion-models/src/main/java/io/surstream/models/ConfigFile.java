package io.surstream.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A model's {@code config.json}, read field by field. A field that is absent or null has the value that the library which
 * wrote the file would take; every refusal names the file, the field, its value and what is supported.
 */
public final class ConfigFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 1 << 24;
    private static final int DEEPEST = 256;
    private static final int LONGEST = 16;

    private final String name;
    private final JsonNode fields;

    private ConfigFile(String name, JsonNode fields) {
        this.name = name;
        this.fields = fields;
    }

    /** Reads a JSON object. @throws ModelException if the file is absent or holds something else */
    public static ConfigFile read(Path file) {
        try {
            return of(file.toString(), JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new ModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read (" + e + ")", e);
        }
    }

    /** A config from elsewhere; {@code name} is used in messages. */
    public static ConfigFile of(String name, JsonNode fields) {
        if (fields == null || !fields.isObject()) {
            throw new ModelException(name + " must hold a JSON object");
        }
        return new ConfigFile(name, fields);
    }

    /** The object in a field, or this config itself where there is none. */
    public ConfigFile inside(String field) {
        JsonNode inner = fields.get(field);
        return inner != null && inner.isObject() ? new ConfigFile(name + " " + field, inner) : this;
    }

    /** Whether the field has a value other than null. */
    public boolean has(String field) {
        return fields.hasNonNull(field);
    }

    /** Whether the field is there and null, which for some fields differs from absent. */
    public boolean isNull(String field) {
        JsonNode value = fields.get(field);
        return value != null && value.isNull();
    }

    public String text(String field, String fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isTextual()) {
            throw refusal(field, "a text");
        }
        return value.textValue();
    }

    /** A text out of the given ones, the first of which is the fallback. */
    public String choice(String field, String... supported) {
        String value = text(field, supported[0]);
        if (!Arrays.asList(supported).contains(value)) {
            throw refusal(field, String.join(", ", supported));
        }
        return value;
    }

    public boolean flag(String field, boolean fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw refusal(field, "true or false");
        }
        return value.booleanValue();
    }

    public double number(String field, double fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw refusal(field, "a number");
        }
        return value.doubleValue();
    }

    /** A whole number, which may be negative. */
    public long whole(String field, long fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw refusal(field, "a whole number");
        }
        return value.longValue();
    }

    /** A count of at least 1. */
    public int count(String field, int fallback) {
        JsonNode value = fields.get(field);
        return value == null || value.isNull() ? fallback : positive(field, value);
    }

    /** A count of layers: at least 1, and no more than any network has. */
    public int depth(String field, int fallback) {
        return shallow(field, count(field, fallback));
    }

    /** One count of layers for each of {@code length} levels, as {@link #counts(String, int, int)}. */
    public List<Integer> depths(String field, int length, int fallback) {
        List<Integer> depths = counts(field, length, fallback);
        depths.forEach(depth -> shallow(field, depth));
        return depths;
    }

    /**
     * One depth, which may be 0, for each layer of each level: spelled as one number for all, or as a list with a number or
     * a list for each level.
     *
     * @param layers how many layers each level has
     */
    public List<List<Integer>> depthsOfLayers(String field, List<Integer> layers, int fallback) {
        JsonNode value = fields.get(field);
        if (value != null && value.isArray() && value.size() != layers.size()) {
            throw refusal(field, layers.size() + " entries, one for each level");
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int level = 0; level < layers.size(); level++) {
            JsonNode entry = value != null && value.isArray() ? value.get(level) : value;
            if (entry != null && entry.isArray() && entry.size() != layers.get(level)) {
                throw refusal(
                        field,
                        "lists with one number for each layer of a level, in level " + level + " " + layers.get(level));
            }
            List<Integer> depths = new ArrayList<>();
            for (int layer = 0; layer < layers.get(level); layer++) {
                JsonNode depth = entry != null && entry.isArray() ? entry.get(layer) : entry;
                depths.add(depth == null || depth.isNull() ? fallback : bounded(field, depth, 0, DEEPEST));
            }
            all.add(List.copyOf(depths));
        }
        return List.copyOf(all);
    }

    /** Whether the field is a list that has lists in it. */
    public boolean hasListInList(String field) {
        JsonNode value = fields.get(field);
        if (value != null && value.isArray()) {
            for (JsonNode item : value) {
                if (item.isArray()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One count for each of {@code length} levels, spelled as a list or as one number for all. */
    public List<Integer> counts(String field, int length, int fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return Collections.nCopies(length, fallback);
        }
        if (!value.isArray()) {
            return Collections.nCopies(length, positive(field, value));
        }
        List<Integer> all = list(field, value);
        if (all.size() != length) {
            throw refusal(field, length + " numbers, one for each level");
        }
        return all;
    }

    /** A list of counts, of any length but 0. */
    public List<Integer> counts(String field, List<Integer> fallback) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        if (!value.isArray() || value.isEmpty()) {
            throw refusal(field, "a list of whole numbers of at least 1");
        }
        return list(field, value);
    }

    /** A list of counts of layers, as {@link #counts(String, List)}. */
    public List<Integer> depths(String field, List<Integer> fallback) {
        List<Integer> depths = counts(field, fallback);
        depths.forEach(depth -> shallow(field, depth));
        return depths;
    }

    /** A list of texts out of the supported ones. */
    public List<String> choices(String field, List<String> fallback, Set<String> supported) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull()) {
            return fallback;
        }
        List<String> all = new ArrayList<>();
        for (JsonNode item : value) {
            all.add(item.asText());
        }
        if (!value.isArray() || all.isEmpty() || !supported.containsAll(all)) {
            throw refusal(
                    field,
                    "a list of " + String.join(", ", supported.stream().sorted().toList()));
        }
        return List.copyOf(all);
    }

    /** Refuses any value but the neutral one, for a feature that is not supported. */
    public void neutral(String field, Object neutral) {
        JsonNode value = fields.get(field);
        if (value == null || value.isNull() || same(value, neutral)) {
            return;
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                if (!same(item, neutral)) {
                    throw refusal(field, String.valueOf(neutral));
                }
            }
            return;
        }
        throw refusal(field, neutral == null ? "null" : neutral.toString());
    }

    /** The error for this field: its value is not among what is supported. */
    public ModelException refusal(String field, String supported) {
        return new ModelException(name + ": " + field + " is " + (fields.has(field) ? fields.get(field) : "absent")
                + "; supported: " + supported);
    }

    private int shallow(String field, int depth) {
        if (depth > DEEPEST) {
            throw refusal(field, "whole numbers 1.." + DEEPEST);
        }
        return depth;
    }

    private List<Integer> list(String field, JsonNode values) {
        if (values.size() > LONGEST) {
            throw refusal(field, "lists of up to " + LONGEST + " entries");
        }
        List<Integer> all = new ArrayList<>();
        for (JsonNode value : values) {
            all.add(positive(field, value));
        }
        return List.copyOf(all);
    }

    private int positive(String field, JsonNode value) {
        return bounded(field, value, 1, LARGEST);
    }

    private int bounded(String field, JsonNode value, int least, int most) {
        boolean whole = value.canConvertToExactIntegral() && value.canConvertToInt();
        if (!whole || value.intValue() < least || value.intValue() > most) {
            throw refusal(field, "whole numbers " + least + ".." + most);
        }
        return value.intValue();
    }

    private static boolean same(JsonNode value, Object neutral) {
        if (neutral instanceof Number number) {
            return value.isNumber() && value.doubleValue() == number.doubleValue();
        }
        if (neutral instanceof Boolean flag) {
            return value.isBoolean() && value.booleanValue() == flag;
        }
        return neutral instanceof String
                && value.isTextual()
                && value.textValue().equals(neutral);
    }

    @Override
    public String toString() {
        return name;
    }
}
