package io.surstream.contract.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.contract.training.Promotions.Attribution;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionsTest {
    private static final Attribution NOW = new Attribution("operator", "it is better", 5);
    private static final CheckpointPublished CHECKPOINT = CheckpointPublished.newBuilder()
            .setRevision("r1")
            .setAdapterWeight(0.3f)
            .setModelRevision("m1")
            .setAdapter(ObjectReference.newBuilder().setKey("k"))
            .build();

    @Test
    void the_first_promotion_has_sequence_one_and_before_it_live_had_the_models_own() {
        AdapterPromoted first = Promotions.promote(Optional.empty(), "live", CHECKPOINT, NOW);

        assertEquals(1, first.getSequence());
        assertEquals("model", first.getPreviousRevision());
        assertEquals(
                "none",
                Promotions.promote(Optional.empty(), "canary", CHECKPOINT, NOW).getPreviousRevision());
        assertEquals("r1", first.getRevision());
        assertEquals("k", first.getAdapter().getKey());
        assertEquals("m1", first.getModelRevision());
        assertEquals("it is better", first.getReason());
    }

    @Test
    void emptying_a_channel_is_a_promotion_too() {
        AdapterPromoted first = Promotions.promote(Optional.empty(), "canary", CHECKPOINT, NOW);
        AdapterPromoted second = Promotions.empty(Optional.of(first), "canary", NOW);

        assertEquals(2, second.getSequence());
        assertEquals("none", second.getRevision());
        assertEquals("r1", second.getPreviousRevision());
        assertFalse(second.hasAdapter());
    }

    @Test
    void only_live_goes_back_to_the_models_own() {
        assertEquals(
                "model",
                Promotions.reserved(Optional.empty(), "live", "model", NOW).getRevision());
        assertThrows(
                IllegalArgumentException.class, () -> Promotions.reserved(Optional.empty(), "canary", "model", NOW));
        assertThrows(IllegalArgumentException.class, () -> Promotions.reserved(Optional.empty(), "live", "r1", NOW));
    }

    @Test
    void an_unknown_channel_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Promotions.empty(Optional.empty(), "beta", NOW));
    }
}
