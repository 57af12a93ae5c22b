package io.surstream.schedulers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a {@code scheduler_config.json}. Keys that are absent (or null) take the default of the scheduler class
 * that reads them, so the same file can configure another class, as diffusers' {@code from_config} does. Immutable.
 */
public final class SchedulerConfig {
    // diffusers writes -Infinity as a bare word
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final ObjectNode values;

    private SchedulerConfig(ObjectNode values) {
        this.values = values;
    }

    /** Reads a file; a file that is no JSON object is refused with its path. */
    public static SchedulerConfig read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (SchedulerConfigException e) {
            throw new SchedulerConfigException(file + ": " + e.getMessage(), e);
        }
    }

    public static SchedulerConfig parse(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new SchedulerConfig(object);
            }
        } catch (JsonProcessingException e) {
            throw new SchedulerConfigException("scheduler config is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new SchedulerConfigException("scheduler config must be a JSON object");
    }

    /** The diffusers class name, for example {@code DDIMScheduler}. */
    public String className() {
        return text("_class_name", "");
    }

    /** A copy with one value replaced or added; the value is a Boolean, Number, String or null. */
    public SchedulerConfig with(String key, Object value) {
        ObjectNode copy = values.deepCopy();
        copy.set(key, JSON.valueToTree(value));
        return new SchedulerConfig(copy);
    }

    public boolean flag(String key, boolean fallback) {
        JsonNode node = present(key);
        if (node == null) {
            return fallback;
        }
        return require(node.isBoolean(), key, node, "true or false").booleanValue();
    }

    public double number(String key, double fallback) {
        JsonNode node = present(key);
        return node == null
                ? fallback
                : require(node.isNumber(), key, node, "a number").doubleValue();
    }

    public int integer(String key, int fallback, int min, int max) {
        JsonNode node = present(key);
        if (node == null) {
            return fallback;
        }
        boolean fits = node.canConvertToExactIntegral()
                && node.canConvertToInt()
                && node.intValue() >= min
                && node.intValue() <= max;
        return require(fits, key, node, "a whole number " + min + ".." + max).intValue();
    }

    public String text(String key, String fallback) {
        JsonNode node = present(key);
        return node == null
                ? fallback
                : require(node.isTextual(), key, node, "a string").textValue();
    }

    /** A string out of the given ones; any other value is refused with the list. */
    public String choice(String key, String fallback, List<String> allowed) {
        String value = text(key, fallback);
        if (!allowed.contains(value)) {
            throw refused(key, '"' + value + '"', "one of " + String.join(", ", allowed));
        }
        return value;
    }

    public Optional<double[]> numbers(String key) {
        JsonNode node = present(key);
        if (node == null) {
            return Optional.empty();
        }
        require(node.isArray(), key, node, "a list of numbers");
        double[] result = new double[node.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = require(node.get(i).isNumber(), key, node, "a list of numbers")
                    .get(i)
                    .doubleValue();
        }
        return Optional.of(result);
    }

    /** Refuses a feature that is not implemented, unless it is absent, null or false. */
    void refuseIfSet(String key) {
        JsonNode node = present(key);
        if (node != null && !(node.isBoolean() && !node.booleanValue())) {
            throw refused(key, node.toString(), "absent: this feature is not supported");
        }
    }

    SchedulerConfigException refused(String key, Object value, String allowed) {
        return new SchedulerConfigException(className() + ": " + key + " must be " + allowed + " but is " + value);
    }

    private JsonNode present(String key) {
        JsonNode node = values.get(key);
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode require(boolean condition, String key, JsonNode node, String allowed) {
        if (!condition) {
            throw refused(key, node, allowed);
        }
        return node;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
