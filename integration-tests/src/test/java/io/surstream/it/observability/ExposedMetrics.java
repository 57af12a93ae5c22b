package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Deployment;
import io.surstream.metrics.Label;
import io.surstream.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What one process that runs every service tells at {@code /q/metrics}, held against catalogue, dashboards and alerts. */
public final class ExposedMetrics {
    /** Prometheus says it of each target by itself. */
    private static final String UP = "up";

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Scrape scrape;

    private ExposedMetrics(Scrape scrape) {
        this.scrape = scrape;
    }

    /** Looks at a house that has walked both roads, after giving encoder and sampler a record that nobody can read. */
    public static void requireAllOf(Deployment deployment) throws IOException {
        for (String topic : List.of("prompts.submitted", "prompts.encoded")) {
            deployment.kafka().publish(topic, "stray", new byte[] {1, 2, 3}, Map.of());
        }
        deployment.rest().get("/v1/jobs/unheard-of");
        Awaitility.await("every metric that is listed or asked for")
                .atMost(LIMIT)
                .untilAsserted(() -> {
                    ExposedMetrics now = of(deployment);
                    assertEquals(List.of(), now.missing(), "listed but not exposed");
                    now.requireAllThatIsAskedFor();
                });
        ExposedMetrics exposed = of(deployment);
        exposed.requireCatalogue();
        exposed.requireFolders();
    }

    private static ExposedMetrics of(Deployment deployment) {
        return new ExposedMetrics(
                Scrape.parse(deployment.rest().get("/q/metrics").body()));
    }

    /** Metrics of the catalogue that this machine could tell and does not. */
    private List<String> missing() {
        return Arrays.stream(Metric.values())
                .filter(Metric::isEverywhere)
                .flatMap(metric -> Catalogue.samples(metric).stream())
                .filter(sample -> !scrape.has(sample))
                .toList();
    }

    /** Every {@code surstream_} metric is listed and has the listed labels, with listed values where they are. */
    private void requireCatalogue() {
        assertAll(scrape.names().stream()
                .filter(name -> name.startsWith("surstream_"))
                .map(name -> () -> {
                    Metric metric = Catalogue.metric(name)
                            .orElseThrow(() -> new AssertionError(name + " is exposed but not listed"));
                    assertEquals(
                            Set.of(Catalogue.labels(metric, name)),
                            new HashSet<>(scrape.labelSets(name).stream()
                                    .map(TreeSet::new)
                                    .toList()),
                            name);
                    metric.labels().forEach(label -> requireListed(name, label));
                }));
    }

    private void requireListed(String name, Label label) {
        Set<String> values = scrape.values(name, label.title());
        assertTrue(
                label.known().isEmpty() || label.known().containsAll(values),
                name + " has the values " + values + " of " + label + ", listed are " + label.known());
    }

    /** Those that services of one JVM write to by their default settings. */
    private void requireFolders() {
        assertEquals(
                Set.of("temporary", "cache", "hub", "libtorch", "work", "data"),
                scrape.values(Metric.DISK_FREE.prometheusName(), "path_role"));
    }

    /** Whatever dashboards and alerts ask for, with the labels by which they ask and their values. */
    private void requireAllThatIsAskedFor() throws IOException {
        assertAll(Stream.concat(
                        Dashboard.all().stream().flatMap(board -> board.queries().stream()),
                        AlertRules.read().queries())
                .flatMap(query -> query.selectors().stream())
                .filter(selector -> !selector.metric().equals(UP))
                .filter(selector -> Catalogue.metric(selector.metric())
                        .map(Metric::isEverywhere)
                        .orElse(true))
                .map(selector -> () -> {
                    assertTrue(scrape.has(selector.metric()), selector + " asks for what is not exposed");
                    Set<String> known = scrape.labelSets(selector.metric()).stream()
                            .flatMap(Set::stream)
                            .collect(Collectors.toSet());
                    assertTrue(known.containsAll(selector.labels()), selector + ", but there are " + known);
                    selector.matchers().forEach(matcher -> requireValue(selector.metric(), matcher));
                }));
    }

    /** A value that seldom occurs need not be told now, if the catalogue has it. */
    private void requireValue(String metric, LabelMatcher matcher) {
        Set<String> known = new TreeSet<>(scrape.values(metric, matcher.label()));
        known.addAll(Catalogue.values(metric, matcher.label()));
        assertEquals(
                List.of(), matcher.unmatched(known), metric + " is asked by " + matcher + ", but there are " + known);
    }
}
