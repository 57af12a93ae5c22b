package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Picks a few scalars out of a JSON object and skips everything else unread, however large it is. */
final class Fields {
    private static final int MOST_OF_VALUE = 1 << 20;
    private static final int DEEPEST = 100;

    /** Values longer than 1 Mi characters and nesting deeper than 100 are broken JSON. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MOST_OF_VALUE)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private Fields() {}

    /**
     * Reads the object at whose start the parser is, up to its end.
     *
     * @param wanted names; a field of an inner object as {@code meta.prompt}
     * @return what is there of the wanted scalars, as text; null values and values of another kind are left out
     */
    static Map<String, String> read(JsonParser json, Set<String> wanted) throws IOException {
        Map<String, String> values = new HashMap<>();
        read(json, "", wanted, values);
        return values;
    }

    private static void read(JsonParser json, String prefix, Set<String> wanted, Map<String, String> values)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + json.currentName();
            json.nextToken();
            value(json, name, wanted, values);
        }
    }

    /**
     * Reads the value at whose first token the parser is, up to its end, into {@code values} if it is wanted.
     */
    static void value(JsonParser json, String name, Set<String> wanted, Map<String, String> values) throws IOException {
        JsonToken value = json.currentToken();
        if (wanted.contains(name) && value.isScalarValue()) {
            if (value != JsonToken.VALUE_NULL) {
                values.put(name, json.getText());
            }
        } else if (value == JsonToken.START_OBJECT && leadsTo(name + '.', wanted)) {
            read(json, name + '.', wanted, values);
        } else {
            json.skipChildren();
        }
    }

    private static boolean leadsTo(String prefix, Set<String> wanted) {
        for (String name : wanted) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
