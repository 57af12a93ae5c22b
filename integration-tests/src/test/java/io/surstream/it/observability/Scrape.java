package io.surstream.it.observability;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One answer of {@code /q/metrics}: each sample's name, and the labels that it has; exemplars are left out. */
final class Scrape {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*})? \\S+.*");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Set<Map<String, String>>> samples = new TreeMap<>();

    static Scrape parse(String text) {
        Scrape scrape = new Scrape();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(scrape::add);
        return scrape;
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        samples.computeIfAbsent(sample.group(1), name -> new HashSet<>()).add(labels);
    }

    Set<String> names() {
        return samples.keySet();
    }

    boolean has(String name) {
        return samples.containsKey(name);
    }

    /** Each set of labels that samples of this name have. */
    Set<Set<String>> labelSets(String name) {
        return labels(name).map(Map::keySet).collect(Collectors.toSet());
    }

    /** Every value of a label of samples of this name, as it is written. */
    Set<String> values(String name, String label) {
        return labels(name)
                .filter(labels -> labels.containsKey(label))
                .map(labels -> labels.get(label))
                .collect(Collectors.toSet());
    }

    private Stream<Map<String, String>> labels(String name) {
        return samples.getOrDefault(name, Set.of()).stream();
    }
}
