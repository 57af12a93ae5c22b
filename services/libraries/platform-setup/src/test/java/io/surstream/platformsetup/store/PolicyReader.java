package io.surstream.platformsetup.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Decides by a policy document as a store does, for documents that only allow. */
final class PolicyReader {
    private static final String ARN = "arn:aws:s3:::";

    private PolicyReader() {}

    /** @param place bucket, or bucket and key */
    static boolean allows(JsonNode document, String action, String place) {
        return StreamSupport.stream(document.path("Statement").spliterator(), false)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .anyMatch(statement -> texts(statement.path("Action")).anyMatch(action::equals)
                        && texts(statement.path("Resource")).anyMatch(pattern -> matches(pattern, ARN + place)));
    }

    static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static boolean matches(String pattern, String resource) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return resource.matches(regex);
    }
}
