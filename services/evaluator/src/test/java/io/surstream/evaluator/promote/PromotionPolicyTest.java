package io.surstream.evaluator.promote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointEvaluated.Verdict;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import io.surstream.v1.ObjectReference;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromotionPolicyTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final PromotionPolicy CANARY = new PromotionPolicy(PromotionMode.CANARY, Duration.ofHours(1));
    private static final PromotionPolicy LIVE = new PromotionPolicy(PromotionMode.LIVE, Duration.ofHours(1));

    private static CheckpointEvaluated evaluated(Verdict verdict, Verdict served) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpoint(CheckpointPublished.newBuilder().setRevision("r2"))
                .setReport(EvaluationReport.newBuilder()
                        .setVerdict(verdict)
                        .setServedRevision("r1")
                        .setServedVerdict(served))
                .build();
    }

    private static AdapterPromoted promoted(String revision, String by, long atMs) {
        return AdapterPromoted.newBuilder()
                .setRevision(revision)
                .setAdapter(ObjectReference.newBuilder().setKey(revision))
                .setPromotedBy(by)
                .setPromotedAtMs(atMs)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "BETTER, BETTER, true",
        "BETTER, NO_BETTER, false",
        "BETTER, WORSE, false",
        "NO_BETTER, BETTER, false",
        "WORSE, BETTER, false"
    })
    void only_what_is_better_than_nothing_and_than_live_is_tried(Verdict verdict, Verdict served, boolean tries) {
        assertEquals(tries, CANARY.tries(evaluated(verdict, served), "r1", Map.of()));
        assertEquals(tries, LIVE.tries(evaluated(verdict, served), "r1", Map.of()));
    }

    @Test
    void a_comparison_with_what_is_no_longer_live_promotes_nothing() {
        assertFalse(CANARY.tries(evaluated(Verdict.BETTER, Verdict.BETTER), "r9", Map.of()));
    }

    @Test
    void what_is_served_already_is_not_promoted_again() {
        Map<String, AdapterPromoted> channels = Map.of("canary", promoted("r2", "operator", 0));

        assertFalse(CANARY.tries(evaluated(Verdict.BETTER, Verdict.BETTER), "r1", channels));
    }

    @Test
    void off_promotes_nothing() {
        PromotionPolicy off = new PromotionPolicy(PromotionMode.OFF, Duration.ZERO);

        assertFalse(off.tries(evaluated(Verdict.BETTER, Verdict.BETTER), "r1", Map.of()));
        assertFalse(off.graduates(Map.of("canary", promoted("r2", "evaluator", 0)), HOUR));
    }

    @Test
    void a_canary_goes_live_after_its_time_and_only_in_that_mode() {
        Map<String, AdapterPromoted> channels =
                Map.of("live", promoted("r1", "operator", 0), "canary", promoted("r2", "evaluator", 10));

        assertFalse(LIVE.graduates(channels, HOUR));
        assertTrue(LIVE.graduates(channels, HOUR + 10));
        assertFalse(CANARY.graduates(channels, 2 * HOUR));
    }

    @Test
    void a_person_who_promotes_or_empties_stops_it() {
        AdapterPromoted emptied = AdapterPromoted.newBuilder()
                .setRevision("none")
                .setPromotedBy("evaluator")
                .build();

        assertFalse(LIVE.graduates(Map.of("canary", promoted("r2", "operator", 0)), 2 * HOUR));
        assertFalse(LIVE.graduates(Map.of("canary", emptied), 2 * HOUR));
        assertFalse(LIVE.graduates(
                Map.of("live", promoted("r3", "operator", 20), "canary", promoted("r2", "evaluator", 10)), 2 * HOUR));
        assertFalse(LIVE.graduates(Map.of(), 2 * HOUR));
    }
}
