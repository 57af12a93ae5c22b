package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/**
 * Walks to every object in nested arrays, as {@code items[].modelVersions[].images[]}, with constant memory. The outermost array
 * may also be the document itself, and a file may hold several documents. One thread.
 */
final class NestedObjects {
    private final JsonParser json;
    private final List<String> path;
    /** How many of the path's arrays the parser is inside of. */
    private int arrays;
    /** Whether it stands in an object between two arrays of the path, and not between elements of an array. */
    private boolean inObject;

    NestedObjects(JsonParser json, List<String> path) {
        this.json = json;
        this.path = path;
    }

    /** Stands at the start of the next object, which the caller reads to its end; false when there are no more. */
    boolean advance() throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (!inObject) {
                if (element(token)) {
                    return true;
                }
            } else if (token == JsonToken.FIELD_NAME) {
                field();
            } else {
                inObject = false;
            }
        }
        return false;
    }

    /** Between documents, or between the elements of an array. */
    private boolean element(JsonToken token) throws IOException {
        if (token == JsonToken.END_ARRAY) {
            arrays--;
            // A document that is itself the outermost array has no object around it.
            inObject = json.getParsingContext().inObject();
        } else if (token == JsonToken.START_OBJECT && arrays == path.size()) {
            return true;
        } else if (token == JsonToken.START_OBJECT) {
            inObject = true;
        } else if (token == JsonToken.START_ARRAY && arrays == 0) {
            arrays = 1;
        } else {
            json.skipChildren();
        }
        return false;
    }

    private void field() throws IOException {
        boolean wanted = json.currentName().equals(path.get(arrays));
        if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
            arrays++;
            inObject = false;
        } else {
            json.skipChildren();
        }
    }
}
