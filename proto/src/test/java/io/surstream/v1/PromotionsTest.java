package io.surstream.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.v1.Promotions.Occasion;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromotionsTest {
    private static final Occasion NOW = new Occasion("operator", "it is better", 5);
    private static final CheckpointPublished CHECKPOINT = CheckpointPublished.newBuilder()
            .setRevision("r1")
            .setAdapterWeight(0.3f)
            .setModelRevision("m1")
            .setAdapter(ObjectReference.newBuilder().setKey("k"))
            .build();

    @Test
    void the_first_promotion_has_sequence_one_and_nothing_before_it() {
        AdapterPromoted first = Promotions.promote(Optional.empty(), "live", CHECKPOINT, NOW);

        assertEquals(1, first.getSequence());
        assertEquals("none", first.getPreviousRevision());
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
    void an_unknown_channel_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Promotions.empty(Optional.empty(), "beta", NOW));
    }
}
