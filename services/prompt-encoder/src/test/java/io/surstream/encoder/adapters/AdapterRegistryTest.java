package io.surstream.encoder.adapters;

import static io.surstream.encoder.adapters.FakeFetch.origin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.failure.FailureType;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.CanaryShare;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdapterRegistryTest {
    private final FakeFetch fetch = new FakeFetch();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AdapterRegistry registry = new AdapterRegistry(fetch, 2, new CanaryShare(0), meters);

    private static String live(Adapters adapters) {
        return adapters.find("", "job").map(adapter -> adapter.revision()).orElse("none");
    }

    @Test
    void a_batch_keeps_its_adapter_while_the_next_one_has_the_new() {
        registry.promote("live", origin("r1"));
        Adapters first = registry.take(Set.of());

        registry.promote("live", origin("r2"));
        Adapters second = registry.take(Set.of());

        assertEquals("r1", live(first));
        assertEquals("r2", live(second));
        assertTrue(fetch.freed().isEmpty(), "a batch still uses it");
        first.close();
        assertEquals(List.of("r1"), fetch.freed());
        second.close();
        assertEquals(List.of("r1"), fetch.freed());
    }

    @Test
    void an_emptied_channel_serves_without_adapter() {
        registry.promote("live", origin("r1"));
        registry.empty("live");

        try (Adapters adapters = registry.take(Set.of("live"))) {
            assertEquals("none", live(adapters));
            assertFalse(adapters.knows("live"));
        }
        assertEquals(List.of("r1"), fetch.freed());
    }

    @Test
    void live_goes_back_to_the_models_own_which_stays_loaded() {
        registry.own(fetch.fetch(origin("own")));
        registry.promote("live", origin("r1"));
        registry.restore();

        try (Adapters adapters = registry.take(Set.of())) {
            assertEquals("own", live(adapters));
        }
        registry.promote("live", origin("r2"));
        assertEquals(List.of("r1"), fetch.freed());
        registry.close();
        assertEquals(List.of("r1", "r2", "own"), fetch.freed());
    }

    @Test
    void without_one_of_its_own_live_goes_back_to_nothing() {
        registry.promote("live", origin("r1"));
        registry.restore();

        try (Adapters adapters = registry.take(Set.of())) {
            assertEquals("none", live(adapters));
        }
    }

    @Test
    void a_revision_is_loaded_when_it_is_asked_for_and_kept_among_the_last() {
        List.of("a", "b", "c").forEach(revision -> registry.remember(origin(revision)));

        for (String asked : List.of("a", "b", "a", "c", "b")) {
            try (Adapters adapters = registry.take(Set.of(asked))) {
                assertTrue(adapters.knows(asked));
            }
        }

        assertEquals(List.of("a", "b", "c", "b"), fetch.fetched);
        assertEquals(List.of("b", "a"), fetch.freed());
    }

    @Test
    void one_batch_may_ask_for_more_revisions_than_are_kept() {
        List.of("a", "b", "c").forEach(revision -> registry.remember(origin(revision)));

        try (Adapters adapters = registry.take(Set.of("a", "b", "c"))) {
            assertTrue(List.of("a", "b", "c").stream().allMatch(adapters::knows));
            assertTrue(fetch.freed().isEmpty());
        }
        assertEquals(1, fetch.freed().size());
    }

    @Test
    void what_a_channel_has_is_not_loaded_again_under_its_revision() {
        registry.remember(origin("r1"));
        registry.promote("canary", origin("r1"));

        try (Adapters adapters = registry.take(Set.of("r1"))) {
            assertTrue(adapters.knows("r1"));
        }
        assertEquals(List.of("r1"), fetch.fetched);
    }

    @Test
    void a_revision_that_nobody_published_is_unknown_and_one_that_cannot_be_had_says_why() {
        registry.remember(origin("foreign"));
        registry.remember(origin("away"));
        fetch.failing.put("foreign", new AdapterRefusedException("made for another model"));
        fetch.failing.put("away", new IllegalStateException("no route"));

        try (Adapters adapters = registry.take(Set.of("nobodys", "foreign", "away"))) {
            assertTrue(adapters.failure("nobodys").isEmpty());
            assertFalse(adapters.knows("nobodys"));
            assertEquals(
                    FailureType.MODEL_MISMATCH,
                    adapters.failure("foreign").orElseThrow().type());
            assertEquals(
                    FailureType.ADAPTER_UNAVAILABLE,
                    adapters.failure("away").orElseThrow().type());
        }
    }

    @Test
    void closing_frees_everything_that_no_batch_uses() {
        registry.remember(origin("a"));
        registry.promote("live", origin("r1"));
        Adapters used = registry.take(Set.of("a"));

        registry.close();
        assertTrue(fetch.freed().isEmpty());
        used.close();

        assertEquals(Set.of("a", "r1"), Set.copyOf(fetch.freed()));
    }

    @Test
    void metric_names_the_revision_that_serves_each_channel() {
        registry.promote("live", origin("a"));
        registry.promote("canary", origin("b"));
        registry.promote("live", origin("c"));
        registry.empty("canary");

        assertEquals(
                List.of("live c"),
                meters.get("surstream.encoder.adapter.info").gauges().stream()
                        .map(gauge -> gauge.getId().getTag("channel") + " "
                                + gauge.getId().getTag("revision"))
                        .toList());
    }
}
