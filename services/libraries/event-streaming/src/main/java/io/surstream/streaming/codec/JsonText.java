package io.surstream.streaming.codec;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.surstream.streaming.codec.MalformedEventException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object as RFC 8259 has it, in UTF-8 with or without a byte order mark. A duplicate name in an object is
 * refused: two readers could take a different one of the two. Keeps what precedes the first error. Used by one thread.
 */
final class JsonText {

    /** More names and values than any event has; bounds what reading one costs. */
    private static final int MOST_TOKENS = 20_000;

    /** Longer than any id and any type. */
    private static final int LONGEST_KEPT = 1_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Map<String, String> strings = new HashMap<>();
    private final Deque<Set<String>> open = new ArrayDeque<>();
    private String text = "";
    private MalformedEventException problem;

    private JsonText() {}

    /** By its first bytes. A protobuf message may begin with an opening brace too, but not with one before a name. */
    static boolean looksLikeObject(byte[] value) {
        int brace = afterBlanks(value, start(value));
        if (brace == value.length || value[brace] != '{') {
            return false;
        }
        int next = afterBlanks(value, brace + 1);
        return next == value.length || value[next] == '"' || value[next] == '}';
    }

    /** Never throws; {@link #sound} does. */
    static JsonText read(byte[] value) {
        JsonText json = new JsonText();
        try {
            int start = start(value);
            json.text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value, start, value.length - start))
                    .toString();
            json.walk();
        } catch (CharacterCodingException e) {
            json.problem = new MalformedEventException(Reason.NOT_UTF8, "the JSON is not UTF-8");
        } catch (IOException | IllegalStateException e) {
            json.problem = new MalformedEventException(
                    Reason.NOT_JSON, "the JSON is malformed: " + MalformedEventException.shortened(e.getMessage()));
        }
        return json;
    }

    /**
     * The whole text.
     *
     * @throws MalformedEventException when it is not one object without duplicate names
     */
    String sound() {
        if (problem != null) {
            throw problem;
        }
        return text;
    }

    boolean isSound() {
        return problem == null;
    }

    /** A member of the object itself that is a short text, if it has been read and occurs once. */
    Optional<String> string(String name) {
        return Optional.ofNullable(strings.get(name));
    }

    /** Whether it describes itself as CloudEvents in their structured form do. */
    boolean isEnvelope() {
        return string("specversion").isPresent() && string("type").isPresent();
    }

    private void walk() throws IOException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        if (reader.peek() != JsonToken.BEGIN_OBJECT) {
            throw new MalformedJsonException("expected an object");
        }
        String name = "";
        for (int tokens = 0; reader.peek() != JsonToken.END_DOCUMENT; tokens++) {
            if (tokens == MOST_TOKENS) {
                throw new MalformedJsonException("it has more than " + MOST_TOKENS + " names and values");
            }
            if (reader.peek() == JsonToken.NAME) {
                name = once(reader.nextName());
            } else {
                step(reader, name);
            }
        }
    }

    private void step(JsonReader reader, String name) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                open.push(new HashSet<>());
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                open.push(Set.of());
            }
            case END_OBJECT -> {
                reader.endObject();
                open.pop();
            }
            case END_ARRAY -> {
                reader.endArray();
                open.pop();
            }
            case STRING -> keep(name, reader.nextString());
            default -> reader.skipValue();
        }
    }

    private String once(String name) throws IOException {
        if (!open.element().add(name)) {
            strings.remove(name);
            throw new MalformedJsonException("the name " + name + " is duplicated in one object");
        }
        return name;
    }

    private void keep(String name, String value) {
        if (open.size() == 1 && value.length() <= LONGEST_KEPT) {
            strings.put(name, value);
        }
    }

    private static int start(byte[] value) {
        int mark = BYTE_ORDER_MARK.length;
        boolean marked = value.length >= mark
                && value[0] == BYTE_ORDER_MARK[0]
                && value[1] == BYTE_ORDER_MARK[1]
                && value[2] == BYTE_ORDER_MARK[2];
        return marked ? mark : 0;
    }

    private static int afterBlanks(byte[] value, int from) {
        int at = from;
        while (at < value.length && (value[at] == ' ' || value[at] == '\t' || value[at] == '\r' || value[at] == '\n')) {
            at++;
        }
        return at;
    }
}
