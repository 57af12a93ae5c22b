package io.surstream.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Configs for tests, written with single quotes. */
public final class Configs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Configs() {}

    public static ConfigFile of(String json) {
        return ConfigFile.of("config.json", object(json));
    }

    /** {@code base} with the fields of {@code changes} over it. */
    public static ConfigFile of(String base, String changes) {
        ObjectNode fields = object(base);
        fields.setAll(object(changes));
        return ConfigFile.of("config.json", fields);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
