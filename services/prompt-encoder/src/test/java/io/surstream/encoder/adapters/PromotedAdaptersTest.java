package io.surstream.encoder.adapters;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.training.Promotions;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.CanaryShare;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.ObjectReference;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromotedAdaptersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeFetch fetch = new FakeFetch();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AdapterRegistry registry = new AdapterRegistry(fetch, 2, new CanaryShare(0), meters);
    private final PromotedAdapters promoted = new PromotedAdapters(registry, meters);

    @AfterEach
    void close() {
        promoted.close();
    }

    private static AdapterPromoted promotion(String channel, String revision, long sequence) {
        AdapterPromoted.Builder event = AdapterPromoted.newBuilder()
                .setChannel(channel)
                .setRevision(revision)
                .setSequence(sequence);
        return Promotions.RESERVED.contains(revision)
                ? event.build()
                : event.setAdapter(ObjectReference.newBuilder().setKey(revision))
                        .build();
    }

    private String serving(String channel) {
        try (Adapters adapters = registry.take(Set.of())) {
            return adapters.find(channel, "").map(adapter -> adapter.revision()).orElse("none");
        }
    }

    @Test
    void each_channel_has_its_last_promotion() {
        promoted.hear(promotion("live", "r1", 1));
        promoted.hear(promotion("canary", "r2", 1));
        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r1", serving("live"));
        assertEquals("r2", serving("canary"));

        promoted.hear(promotion("canary", "none", 2));
        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("none", serving("canary"));
    }

    @Test
    void a_rollback_of_the_first_promotion_gives_live_the_models_own() {
        registry.own(fetch.fetch(FakeFetch.origin("own")));
        promoted.hear(promotion("live", "r1", 1));
        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r1", serving("live"));

        promoted.hear(promotion("live", "model", 2));

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("own", serving("live"));
    }

    @Test
    void a_channel_never_goes_back_to_a_lower_or_equal_sequence() {
        promoted.hear(promotion("live", "r2", 2));
        promoted.hear(promotion("live", "r1", 1));
        promoted.hear(promotion("live", "other", 2));

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r2", serving("live"));
        assertFalse(fetch.fetched.contains("r1") || fetch.fetched.contains("other"));
    }

    @Test
    void one_for_another_model_is_left_aside_and_the_old_one_stays() {
        promoted.hear(promotion("live", "r1", 1));
        assertTrue(promoted.awaitSettled(PATIENCE));
        fetch.failing.put("foreign", new AdapterRefusedException("made for another model"));
        promoted.hear(promotion("live", "foreign", 2));

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r1", serving("live"));
        assertEquals(
                1,
                meters.counter("surstream.encoder.adapter.refusals", "channel", "live")
                        .count());
    }

    @Test
    void a_torn_one_does_not_stop_the_start_and_is_taken_when_it_has_been_put_right() {
        promoted.hear(promotion("live", "r1", 1));
        assertTrue(promoted.awaitSettled(PATIENCE));
        fetch.failing.put("torn", new IllegalStateException("SHA-256 differs"));
        promoted.hear(promotion("live", "torn", 2));
        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r1", serving("live"));

        fetch.failing.clear();

        await().atMost(PATIENCE).until(() -> serving("live").equals("torn"));
    }

    @Test
    void a_store_that_does_not_answer_is_waited_for() {
        fetch.failing.put("r1", unavailable());
        promoted.hear(promotion("live", "r1", 1));
        assertFalse(promoted.awaitSettled(Duration.ofMillis(100)));

        fetch.failing.clear();

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r1", serving("live"));
    }

    @Test
    void a_newer_promotion_takes_the_place_of_one_that_cannot_be_loaded() {
        fetch.failing.put("r1", unavailable());
        promoted.hear(promotion("live", "r1", 1));
        promoted.hear(promotion("live", "r2", 2));

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertEquals("r2", serving("live"));
    }

    @Test
    void an_unknown_channel_is_nobodys() {
        promoted.hear(promotion("beta", "r1", 1));

        assertTrue(promoted.awaitSettled(PATIENCE));
        assertTrue(fetch.fetched.isEmpty());
    }

    /** As the real client throws it: nobody listens on that port. */
    private static StoreUnavailableException unavailable() {
        StoreSettings nowhere = StoreSettings.of(URI.create("http://127.0.0.1:1"), "a", "b", "bucket")
                .withAttempts(1, Duration.ofMillis(1));
        try (MinioObjectStore store = new MinioObjectStore(nowhere)) {
            store.get("key");
        } catch (StoreUnavailableException e) {
            return e;
        }
        throw new IllegalStateException("a store answers on port 1");
    }
}
