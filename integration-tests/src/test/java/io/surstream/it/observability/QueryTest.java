package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.it.observability.Query.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void metrics_are_told_from_functions_words_labels_and_variables() {
        Query query =
                Query.parse("histogram_quantile(0.95, sum by (le, stage) (rate(a_seconds_bucket{x=\"p(q\", y=~\"n|m\"}"
                        + "[$__rate_interval]))) or time() - max(b) > 1e3 and on () up{job=\"j\"}");

        assertEquals(
                List.of(
                        new Selector(
                                "a_seconds_bucket",
                                Set.of("le", "stage", "x", "y"),
                                List.of(new LabelMatcher("x", "=", "p(q"), new LabelMatcher("y", "=~", "n|m"))),
                        new Selector("b", Set.of("le", "stage"), List.of()),
                        new Selector("up", Set.of("le", "stage"), List.of())),
                query.selectors());
    }

    @Test
    void brackets_that_do_not_match_are_found() {
        assertThrows(IllegalArgumentException.class, () -> Query.parse("sum(rate(a_total[5m])"));
        assertThrows(IllegalArgumentException.class, () -> Query.parse("a_total{x=\"1\""));
        assertThrows(IllegalArgumentException.class, () -> Query.parse("a_total{x=\"1}"));
    }

    @Test
    void expression_without_a_metric_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Query.parse("time() - 5"));
    }
}
