package io.surstream.metrics;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void names_follow_the_convention() {
        assertAll(Arrays.stream(Metric.values())
                .flatMap(metric -> Stream.<Executable>of(
                        () -> assertTrue(
                                metric.prometheusName().matches("surstream_[a-z]+(_[a-z]+)*"), metric.prometheusName()),
                        () -> assertEquals(
                                metric.kind() == Kind.COUNTER,
                                metric.prometheusName().endsWith("_total"),
                                metric.prometheusName() + " is a " + metric.kind()),
                        () -> assertTrue(
                                metric.labels().stream()
                                        .allMatch(label -> label.title().matches("[a-z]+(_[a-z]+)*")),
                                metric.prometheusName() + " " + metric.labels()))));
    }

    @Test
    void no_two_metrics_have_one_name() {
        Set<String> names = new HashSet<>();

        assertAll(Arrays.stream(Metric.values())
                .map(metric -> () -> assertTrue(names.add(metric.prometheusName()), metric.prometheusName())));
    }

    @Test
    void labels_are_given_in_the_catalogues_order() {
        Meters.counter(registry, Metric.DEAD_LETTERS, "prompt-encoder", "prompts.submitted", "BAD_JSON")
                .increment();

        assertEquals(
                1,
                registry.get("surstream.dead.letters")
                        .tags("worker", "prompt-encoder", "topic", "prompts.submitted", "reason", "BAD_JSON")
                        .counter()
                        .count());
    }

    @Test
    void count_of_another_part_is_read_when_it_is_asked_for() {
        AtomicLong hits = new AtomicLong();
        Meters.counter(registry, Metric.CACHE_REQUESTS, hits, AtomicLong::get, "negative-prompts", "hit");

        hits.set(3);

        assertEquals(
                3,
                registry.get("surstream.cache.requests")
                        .tags("cache", "negative-prompts", "result", "hit")
                        .functionCounter()
                        .count());
    }

    @Test
    void wrong_number_of_labels_is_refused() {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> Meters.counter(registry, Metric.HANDLED, "a", "b"));

        assertEquals(
                "surstream_events_handled_total has the labels [worker] but was given [a, b]", refusal.getMessage());
    }

    @Test
    void value_that_a_label_does_not_list_fails_in_tests() {
        var refusal = assertThrows(
                AssertionError.class, () -> Meters.counter(registry, Metric.CACHE_REQUESTS, "negative-prompts", "hti"));

        assertEquals(
                "the label result of surstream_cache_requests_total is one of [hit, miss] but was given as 'hti'",
                refusal.getMessage());
    }

    @Test
    void wrong_kind_is_refused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Meters.timer(registry, Metric.SAMPLER_STEPS));

        assertEquals("surstream_sampler_denoising_steps_total is a COUNTER and no histogram", refusal.getMessage());
    }

    @Test
    void rows_that_are_gone_are_no_longer_told() {
        var rows = Meters.rows(registry, Metric.ADAPTER);

        Meters.replace(rows, Metric.ADAPTER, Map.of(List.of("live", "old"), 1));
        Meters.replace(rows, Metric.ADAPTER, Map.of(List.of("live", "new"), 1));

        assertEquals(
                List.of("new"),
                registry.get("surstream.encoder.adapter.info").gauges().stream()
                        .map(gauge -> gauge.getId().getTag("revision"))
                        .toList());
    }
}
