package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelMatcherTest {
    private static final Set<String> WOODS = Set.of("oak", "ash", "red.pine");

    @Test
    void misspelt_value_is_told() {
        assertEquals(List.of("aok"), unmatched("{wood=\"aok\"}"));
        assertEquals(List.of(), unmatched("{wood=\"oak\"}"));
    }

    @Test
    void each_alternative_of_an_expression_must_be_something() {
        assertEquals(List.of("ahs"), unmatched("{wood=~\"oak|ahs\"}"));
        assertEquals(List.of(), unmatched("{wood=~\"oak|.*pine\"}"));
        assertEquals(List.of(), unmatched("{wood=~\"(oak|elm)\"}"));
    }

    @Test
    void expression_must_be_the_whole_value() {
        assertEquals(List.of("pine"), unmatched("{wood=~\"pine\"}"));
    }

    @Test
    void escapes_are_promqls_own() {
        assertEquals(List.of(), unmatched("{wood=~\"red\\\\.pine\"}"));
    }

    @Test
    void what_is_left_out_must_be_something_too() {
        assertEquals(List.of("elm", "fir"), unmatched("{wood!=\"elm\",wood!~\"fir|oak\"}"));
    }

    private static List<String> unmatched(String braces) {
        return LabelMatcher.parse(braces).stream()
                .flatMap(matcher -> matcher.unmatched(WOODS).stream())
                .toList();
    }
}
