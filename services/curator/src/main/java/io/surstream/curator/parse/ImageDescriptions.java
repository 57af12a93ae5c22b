package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Walks to every image description in the answers of a crawled API, whichever lists contain them: {@code items[]},
 * {@code items[].modelVersions[].images[]}, {@code images[]}, an array alone or one object alone. Memory stays
 * constant, and a file may hold several documents. One thread.
 */
final class ImageDescriptions {
    private static final String VERSIONS = "modelVersions"; // its elements hold images and are none
    /** What tRPC puts around an answer. */
    static final Set<String> WRAPPERS = Set.of("result", "data", "json");

    /** An object that is being read: an image, or one that holds lists of them. */
    private static final class Described {
        private final String list;
        private final boolean element;
        private final Map<String, String> values = new HashMap<>();
        private boolean holdsMore;

        Described(String list, boolean element) {
            this.list = list;
            this.element = element;
        }

        boolean isImage() {
            boolean named = values.containsKey("url") || values.containsKey("src");
            return !holdsMore && !list.equals(VERSIONS) && (element || named);
        }
    }

    private final JsonParser json;
    private final Set<String> lists;
    private final Set<String> wanted;
    private final Deque<Described> open = new ArrayDeque<>();
    /** Name of the list that was entered last. */
    private String list = "";

    /**
     * @param lists names of arrays whose elements are images or hold such arrays
     * @param wanted scalars of an image; a field of an inner object as {@code meta.prompt}
     */
    ImageDescriptions(JsonParser json, Set<String> lists, Set<String> wanted) {
        this.json = json;
        this.lists = lists;
        this.wanted = wanted;
    }

    /** The wanted fields of the next image that are there, as text; null at the end. */
    Map<String, String> next() throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                open.push(new Described(list, isInArray()));
            } else if (token == JsonToken.FIELD_NAME) {
                field(open.peek());
            } else if (token == JsonToken.START_ARRAY && !isDocument()) {
                json.skipChildren();
            } else if (token == JsonToken.END_OBJECT) {
                Described ended = open.pop();
                list = ended.list;
                if (ended.isImage()) {
                    return ended.values;
                }
            }
        }
        return null;
    }

    private void field(Described object) throws IOException {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_ARRAY && lists.contains(name)) {
            object.holdsMore = true;
            list = name;
        } else if (value == JsonToken.START_OBJECT && WRAPPERS.contains(name)) {
            object.holdsMore = true;
            open.push(new Described(list, false));
        } else {
            Fields.value(json, name, wanted, object.values);
        }
    }

    private boolean isInArray() {
        return json.getParsingContext().getParent().inArray();
    }

    private boolean isDocument() {
        return json.getParsingContext().getParent().inRoot();
    }
}
