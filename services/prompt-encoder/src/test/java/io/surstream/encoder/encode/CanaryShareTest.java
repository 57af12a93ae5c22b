package io.surstream.encoder.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.CanaryShare;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryShareTest {
    private static long taken(double share) {
        CanaryShare canary = new CanaryShare(share);
        return IntStream.range(0, 10_000).filter(i -> canary.takes("job-" + i)).count();
    }

    @Test
    void the_share_of_jobs_is_the_share_that_was_set() {
        assertEquals(1000, taken(0.1), 100);
        assertEquals(0, taken(0));
        assertEquals(10_000, taken(1));
    }

    @Test
    void a_larger_share_keeps_the_jobs_of_the_smaller_one() {
        CanaryShare small = new CanaryShare(0.1);
        CanaryShare large = new CanaryShare(0.3);

        assertTrue(IntStream.range(0, 1000)
                .mapToObj(i -> "job-" + i)
                .filter(small::takes)
                .allMatch(large::takes));
    }

    @Test
    void a_request_without_id_never_tries_the_canary() {
        assertFalse(new CanaryShare(1).takes(""));
        assertThrows(IllegalArgumentException.class, () -> new CanaryShare(Double.NaN));
    }

    @Test
    void an_empty_canary_leaves_everything_to_live_and_names_are_followed_exactly() {
        Adapter live = new FakeAdapter("r1", 0.1f);
        Adapter canary = new FakeAdapter("r2", 0.2f);
        Adapters one = new Adapters(Map.of("live", live), Map.of(), new CanaryShare(1), () -> {});
        Adapters two = new Adapters(Map.of("live", live, "canary", canary), Map.of(), new CanaryShare(1), () -> {});

        assertEquals(live, one.find("", "job").orElseThrow());
        assertEquals(canary, two.find("", "job").orElseThrow());
        assertEquals(live, two.find("live", "job").orElseThrow());
        assertEquals(live, two.find("r1", "job").orElseThrow());
        assertTrue(two.find("none", "job").isEmpty());
        assertFalse(one.knows("canary"));
        assertFalse(two.knows("r3"));
    }
}
