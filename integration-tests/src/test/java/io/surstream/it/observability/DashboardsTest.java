package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.metrics.Metric;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What can be known of dashboards without running anything; whether the rest is exposed, ExposedMetrics finds out. */
class DashboardsTest {
    private static final Set<String> UNITS = Set.of("s", "ops", "bytes", "percentunit", "short", "none");

    @Test
    void four_dashboards_are_there_under_ids_of_their_own() throws IOException {
        List<Dashboard> boards = Dashboard.all();

        assertEquals(
                List.of("encoder.json", "overview.json", "sampler.json", "training.json"),
                boards.stream().map(Dashboard::toString).toList());
        Set<String> uids = new HashSet<>();
        boards.forEach(board -> assertTrue(uids.add(board.json().path("uid").asText()), board::toString));
    }

    @Test
    void grafana_finds_what_it_needs() throws IOException {
        assertAll(Dashboard.all().stream()
                .flatMap(board -> Stream.<Executable>of(
                        () -> assertTrue(board.json().path("schemaVersion").asInt() >= 39, board + ": schemaVersion"),
                        () -> assertFalse(board.json().path("title").asText().isBlank(), board + ": title"),
                        () -> assertFalse(
                                board.json().has("id"), board + ": provisioned dashboards have a uid and no id"),
                        () -> assertEquals(
                                "datasource",
                                board.json().at("/templating/list/0/type").asText(),
                                board + ": a variable chooses the data source"),
                        () -> assertEquals(
                                board.panels().size(),
                                board.panels().stream()
                                        .map(panel -> panel.path("id").asInt())
                                        .distinct()
                                        .count(),
                                board + ": panel ids"))));
    }

    @Test
    void each_panel_has_title_meaning_unit_place_and_legends() throws IOException {
        for (Dashboard board : Dashboard.all()) {
            assertAll(board.panels().stream().flatMap(panel -> requirements(board, panel)));
        }
    }

    private static Stream<Executable> requirements(Dashboard board, JsonNode panel) {
        String name = board + ": " + panel.path("title").asText();
        Stream<Executable> own = Stream.of(
                () -> assertFalse(panel.path("title").asText().isBlank(), name),
                () -> assertFalse(panel.path("description").asText().isBlank(), name + " has no description"),
                () -> assertTrue(
                        UNITS.contains(panel.at("/fieldConfig/defaults/unit").asText()), name + " has no unit"),
                () -> assertTrue(panel.path("gridPos").path("w").asInt() > 0, name + " has no place"),
                () -> assertTrue(panel.path("targets").size() > 0, name + " asks for nothing"));
        Stream<Executable> ofTargets = Dashboard.elements(panel.path("targets"))
                .flatMap(target -> Stream.of(
                        () -> assertFalse(target.path("legendFormat").asText().isBlank(), name + " has no legend"),
                        () -> assertEquals(
                                "${datasource}", target.at("/datasource/uid").asText(), name)));
        return Stream.concat(own, ofTargets);
    }

    @Test
    void dashboards_and_alerts_ask_for_our_metrics_as_the_catalogue_has_them() throws IOException {
        assertAll(Stream.concat(
                        Dashboard.all().stream().flatMap(board -> board.queries().stream()),
                        AlertRules.read().queries())
                .flatMap(query -> query.selectors().stream())
                .filter(selector -> selector.metric().startsWith("surstream_"))
                .map(selector -> () -> {
                    Optional<Metric> metric = Catalogue.metric(selector.metric());
                    assertTrue(metric.isPresent(), selector + " is not in the catalogue");
                    Set<String> labels = Catalogue.labels(metric.get(), selector.metric());
                    assertTrue(labels.containsAll(selector.labels()), selector + ", but the labels are " + labels);
                    selector.matchers().forEach(matcher -> requireValue(selector.metric(), matcher));
                }));
    }

    private static void requireValue(String metric, LabelMatcher matcher) {
        List<String> values = Catalogue.values(metric, matcher.label());
        assertTrue(
                values.isEmpty() || matcher.unmatched(values).isEmpty(),
                metric + " is asked by " + matcher + ", but the values are " + values);
    }
}
