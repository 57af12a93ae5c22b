package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrapeTest {
    @Test
    void labels_of_an_exemplar_are_not_the_samples() {
        Scrape scrape = Scrape.parse("""
                # TYPE kilns counter
                kilns_total{wood="oak } # {",shelf="2"} 1.0 # {span_id="6c4f",trace_id="0a6b"} 1.0 1795563840.018
                kilns_lit 3.0 # {trace_id="0a6b"} 1.0
                """);

        assertEquals(Set.of("kilns_total", "kilns_lit"), scrape.names());
        assertEquals(Set.of("oak } # {"), scrape.values("kilns_total", "wood"));
        assertEquals(Set.of(), scrape.values("kilns_lit", "wood"));
        assertEquals(Set.of(Set.of("wood", "shelf")), scrape.labelSets("kilns_total"));
        assertEquals(Set.of(Set.of()), scrape.labelSets("kilns_lit"));
    }
}
