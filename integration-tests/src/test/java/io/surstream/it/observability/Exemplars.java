package io.surstream.it.observability;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What measurements of a scrape in OpenMetrics' form name as examples of themselves. */
public final class Exemplars {
    private static final Pattern TRACE = Pattern.compile(" # \\{[^}]*trace_id=\"([0-9a-f]{32})\"");

    private Exemplars() {}

    /** Ids of the traces that any sample of our own metrics names. */
    public static Set<String> traces(String openMetrics) {
        return traces(openMetrics, "surstream_");
    }

    /** The same of the samples whose names begin so. */
    static Set<String> traces(String openMetrics, String metric) {
        return openMetrics
                .lines()
                .filter(line -> line.startsWith(metric))
                .flatMap(line -> TRACE.matcher(line).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }
}
