package io.surstream.streaming.codec;

import io.surstream.streaming.topic.EventHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * What a {@code content-type} says (https://www.rfc-editor.org/rfc/rfc9110#field.content-type).
 *
 * @param name lower case, without parameters; empty where nothing is said
 * @param charset lower case; empty where nothing is said
 */
record MediaType(String name, String charset) {

    static final String PROTOBUF = "application/protobuf";
    static final String JSON = "application/json";
    static final String STRUCTURED = "application/cloudevents+json";

    private static final Set<String> PROTOBUF_NAMES =
            Set.of(PROTOBUF, "application/x-protobuf", "application/vnd.google.protobuf");
    private static final Set<String> READABLE_CHARSETS = Set.of("", "utf-8", "utf8", "us-ascii");
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]*)\"?");

    /** What the record's headers call its value. */
    static MediaType in(Headers headers) {
        return of(EventHeaders.text(headers, EventHeaders.CONTENT_TYPE).orElse(""));
    }

    static MediaType of(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        return new MediaType(
                contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT),
                charset.find() ? charset.group(1).toLowerCase(Locale.ROOT) : "");
    }

    boolean isUnsaid() {
        return name.isEmpty();
    }

    boolean isProtobuf() {
        return PROTOBUF_NAMES.contains(name);
    }

    boolean isJson() {
        return name.equals(JSON) && READABLE_CHARSETS.contains(charset);
    }

    boolean isStructured() {
        return name.equals(STRUCTURED) && READABLE_CHARSETS.contains(charset);
    }

    /** As it was said, in short. */
    @Override
    public String toString() {
        return charset.isEmpty() ? name : name + "; charset=" + charset;
    }
}
