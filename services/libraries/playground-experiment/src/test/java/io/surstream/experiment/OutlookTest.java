package io.surstream.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.training.settings.TrainingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {
    private static final ExperimentRow SHORTER = ExperimentRow.ablations().get(0);

    private final Outlook outlook =
            new Outlook(row -> TrainingSettings.of(row.settings().orElseThrow()));

    @Test
    void nothing_is_foretold_before_each_kind_of_work_was_done_once() {
        assertTrue(outlook.seconds(List.of(ExperimentRow.PLAIN)).isEmpty());
        outlook.drawn(60);
        assertFalse(outlook.seconds(List.of(ExperimentRow.PLAIN)).isEmpty());
        assertTrue(outlook.seconds(List.of(ExperimentRow.PLAIN, ExperimentRow.ADAPTER))
                .isEmpty());
        assertEquals("row plain, 1 after it", outlook.before(List.of(ExperimentRow.PLAIN, ExperimentRow.ADAPTER)));
    }

    @Test
    void trainings_count_by_the_examples_that_they_read() {
        // given a training of 2,000 steps of 16 that took 320 s, a hundredth of a second an example
        outlook.trained(SHORTER, 320);
        outlook.drawn(60);
        // when the published recipe is to come: 5,000 steps of 4 micro-batches of 1
        ExperimentRow published = ExperimentRow.ablations().stream()
                .filter(row -> row.name().equals("published"))
                .findFirst()
                .orElseThrow();
        // then
        assertEquals(60 + 200, outlook.seconds(List.of(published)).orElseThrow(), 1e-9);
        assertEquals(
                "row plain, 1 after it: about 5 min for all", outlook.before(List.of(ExperimentRow.PLAIN, published)));
    }
}
