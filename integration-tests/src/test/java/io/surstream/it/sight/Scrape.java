package io.surstream.it.sight;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer of {@code /q/metrics}: each sample's name, and the names of the labels that it has; exemplars are left out. */
final class Scrape {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*})? \\S+.*");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private final Map<String, Set<Set<String>>> labelSets = new TreeMap<>();

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
        Set<String> labels = new HashSet<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.add(label.group(1));
        }
        labelSets.computeIfAbsent(sample.group(1), name -> new HashSet<>()).add(labels);
    }

    Set<String> names() {
        return labelSets.keySet();
    }

    boolean has(String name) {
        return labelSets.containsKey(name);
    }

    /** Each set of labels that samples of this name have. */
    Set<Set<String>> labelSets(String name) {
        return labelSets.getOrDefault(name, Set.of());
    }

    /** All labels by sample name. */
    Map<String, Set<String>> labels() {
        Map<String, Set<String>> all = new HashMap<>();
        labelSets.forEach((name, sets) -> {
            Set<String> labels = new HashSet<>();
            sets.forEach(labels::addAll);
            all.put(name, labels);
        });
        return all;
    }
}
