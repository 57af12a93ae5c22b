package io.surstream.encoder.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.PromptCancelled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowedTopicsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "a b", "ä"})
    void a_cancellation_that_names_no_job_is_refused(String id) {
        PromptCancelled nameless = PromptCancelled.newBuilder().setJobId(id).build();

        var refusal = assertThrows(PermanentEventException.class, () -> FollowedTopics.check(nameless));

        assertEquals("INVALID_ARGUMENT", refusal.type());
    }

    @Test
    void a_promotion_without_channel_or_revision_is_refused() {
        AdapterPromoted good = AdapterPromoted.newBuilder()
                .setChannel("live")
                .setRevision("none")
                .build();
        FollowedTopics.check(good);

        for (AdapterPromoted bad : new AdapterPromoted[] {
            good.toBuilder().clearChannel().build(),
            good.toBuilder().clearRevision().build()
        }) {
            assertEquals(
                    "INVALID_ARGUMENT",
                    assertThrows(PermanentEventException.class, () -> FollowedTopics.check(bad))
                            .type());
        }
    }
}
