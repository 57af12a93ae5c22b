package io.surstream.it.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PromQL expression, read as far as needed to know which metrics it asks for, by which labels and values. Labels in {@code by (…)}
 * are asked of every metric of the expression but those that only Prometheus adds.
 *
 * @param selectors one for each metric name in it
 */
record Query(String text, List<Selector> selectors) {
    /**
     * A metric and how it is asked.
     *
     * @param labels by which it is chosen or grouped
     * @param matchers by which it is chosen
     */
    record Selector(String metric, Set<String> labels, List<LabelMatcher> matchers) {}

    /** Prometheus' own, and Kubernetes' through the ServiceMonitor. */
    private static final Set<String> OF_TARGETS = Set.of("job", "instance", "pod", "namespace");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w+}?");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<![\\w.])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*}|\\(|)");

    /** @throws IllegalArgumentException when brackets do not match or nothing is asked for */
    static Query parse(String text) {
        requireBalanced(text);
        String plain = RANGE.matcher(text).replaceAll("");
        Set<String> grouping = new TreeSet<>();
        Matcher groups = GROUPING.matcher(plain);
        while (groups.find()) {
            for (String label : groups.group(2).split(",")) {
                if (!label.isBlank()) {
                    grouping.add(label.trim());
                }
            }
        }
        List<Selector> selectors = selectors(GROUPING.matcher(plain).replaceAll(""), grouping);
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("asks for no metric: " + text);
        }
        return new Query(text, selectors);
    }

    private static List<Selector> selectors(String plain, Set<String> grouping) {
        List<Selector> selectors = new ArrayList<>();
        Matcher found = SELECTOR.matcher(plain);
        while (found.find()) {
            boolean isFunction = found.group(2).equals("(");
            if (isFunction || WORDS.contains(found.group(1).toLowerCase(java.util.Locale.ROOT))) {
                continue;
            }
            List<LabelMatcher> matchers = LabelMatcher.parse(found.group(2)).stream()
                    .filter(matcher -> !OF_TARGETS.contains(matcher.label()))
                    .toList();
            Set<String> labels = new TreeSet<>(grouping);
            matchers.forEach(matcher -> labels.add(matcher.label()));
            labels.removeAll(OF_TARGETS);
            selectors.add(new Selector(found.group(1), labels, matchers));
        }
        return selectors;
    }

    private static void requireBalanced(String text) {
        String bare = VARIABLE.matcher(text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", ""))
                .replaceAll("");
        String brackets = bare.replaceAll("[^\\[\\](){}]", "");
        String left = brackets;
        do {
            brackets = left;
            left = brackets.replace("()", "").replace("[]", "").replace("{}", "");
        } while (!left.equals(brackets));
        if (!left.isEmpty() || bare.contains("\"")) {
            throw new IllegalArgumentException("brackets or quotes do not match: " + text);
        }
    }
}
