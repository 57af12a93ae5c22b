package io.surstream.it.observability;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PromQL selector asks of one label.
 *
 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
 * @param value text or regular expression, without PromQL's own escapes
 */
record LabelMatcher(String label, String operator, String value) {
    private static final Pattern MATCHER =
            Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** All between a selector's braces. */
    static List<LabelMatcher> parse(String braces) {
        List<LabelMatcher> matchers = new ArrayList<>();
        Matcher found = MATCHER.matcher(braces);
        while (found.find()) {
            String plain = found.group(3).replaceAll("\\\\(.)", "$1");
            matchers.add(new LabelMatcher(found.group(1), found.group(2), plain));
        }
        return matchers;
    }

    /** What is asked for, or left out, and is none of these; each alternative of a regular expression counts for itself. */
    List<String> unmatched(Collection<String> values) {
        return operator.endsWith("~")
                ? alternatives().stream()
                        .filter(each -> values.stream().noneMatch(known -> known.matches(each)))
                        .toList()
                : Stream.of(value).filter(each -> !values.contains(each)).toList();
    }

    private List<String> alternatives() {
        return value.contains("(") ? List.of(value) : List.of(value.split("\\|"));
    }
}
