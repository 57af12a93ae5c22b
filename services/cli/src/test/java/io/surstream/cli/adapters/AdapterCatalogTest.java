package io.surstream.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointEvaluated.Verdict;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import io.surstream.v1.ObjectReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdapterCatalogTest {
    private static final CheckpointPublished OLD = checkpoint("aaaa000000000001", 1);
    private static final CheckpointPublished NEW = checkpoint("aaaa000000000002", 2);

    private static CheckpointPublished checkpoint(String revision, long atMs) {
        return CheckpointPublished.newBuilder()
                .setRunId("run")
                .setGlobalStep((int) atMs)
                .setRevision(revision)
                .setAdapter(ObjectReference.newBuilder().setKey(revision))
                .setPublishedAtMs(atMs)
                .build();
    }

    private static AdapterPromoted live(String revision, String previous, long sequence) {
        return AdapterPromoted.newBuilder()
                .setChannel("live")
                .setRevision(revision)
                .setPreviousRevision(previous)
                .setSequence(sequence)
                .build();
    }

    private static AdapterCatalog catalog(AdapterPromoted live) {
        CheckpointEvaluated evaluated = CheckpointEvaluated.newBuilder()
                .setReport(EvaluationReport.newBuilder().setVerdict(Verdict.BETTER))
                .build();
        return new AdapterCatalog(
                Map.of("run/2", NEW, "run/1", OLD), Map.of(NEW.getRevision(), evaluated), Map.of("live", live));
    }

    @Test
    void checkpoints_stand_in_their_order_with_verdict_and_channels() {
        List<KnownAdapter> all =
                catalog(live("bbbb000000000003", OLD.getRevision(), 2)).all();

        assertEquals(
                List.of(OLD.getRevision(), NEW.getRevision(), "bbbb000000000003"),
                all.stream().map(KnownAdapter::revision).toList());
        assertEquals(
                List.of("-", "BETTER", "-"),
                all.stream().map(KnownAdapter::verdict).toList());
        assertEquals(List.of("live"), all.get(2).channels());
        assertEquals("run/2", all.get(1).name());
    }

    @Test
    void a_revision_may_be_shortened_as_far_as_it_stays_one() {
        AdapterCatalog catalog = catalog(live(NEW.getRevision(), "none", 1));

        assertEquals(NEW.getRevision(), catalog.require("aaaa000000000002").revision());
        Exception many = assertThrows(CommandFailedException.class, () -> catalog.require("aaaa"));
        assertTrue(many.getMessage().contains("2 revisions"), many.getMessage());
        assertThrows(CommandFailedException.class, () -> catalog.require("cccc"));
        assertThrows(CommandFailedException.class, () -> catalog.require(""));
    }

    @Test
    void a_rollback_is_a_promotion_of_what_was_before() {
        AdapterPromoted back =
                AdaptersRollback.decide(catalog(live(NEW.getRevision(), OLD.getRevision(), 7)), "live", "it was worse");

        assertEquals(OLD.getRevision(), back.getRevision());
        assertEquals(8, back.getSequence());
        assertEquals(NEW.getRevision(), back.getPreviousRevision());
        assertEquals("operator", back.getPromotedBy());
    }

    @Test
    void a_rollback_of_the_first_promotion_gives_live_the_models_own_again() {
        AdapterPromoted back = AdaptersRollback.decide(catalog(live(NEW.getRevision(), "model", 1)), "live", "");
        AdapterPromoted emptied = AdaptersRollback.decide(catalog(live(NEW.getRevision(), "none", 1)), "live", "");

        assertEquals("model", back.getRevision());
        assertEquals(2, back.getSequence());
        assertEquals("none", emptied.getRevision());
    }

    @Test
    void canary_never_has_the_models_own() {
        AdapterCatalog catalog = catalog(live(NEW.getRevision(), "none", 1));

        Exception refusal = assertThrows(
                CommandFailedException.class, () -> AdapterService.reserved(catalog, "canary", "model", ""));
        assertTrue(refusal.getMessage().contains("only live"), refusal.getMessage());
    }

    @Test
    void a_rollback_to_nowhere_is_refused() {
        AdapterCatalog catalog = catalog(live(NEW.getRevision(), "cccc000000000009", 3));

        assertThrows(CommandFailedException.class, () -> AdaptersRollback.decide(catalog, "canary", ""));
        assertThrows(CommandFailedException.class, () -> AdaptersRollback.decide(catalog, "live", ""));
    }
}
