package io.surstream.training.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
    @Test
    void every_epoch_has_each_example_once_in_a_new_order() {
        BatchPlan plan = new BatchPlan(23, 3, 2, 7);
        assertEquals(4, plan.stepsPerEpoch());
        int[] first = epoch(plan, 0);
        int[] second = epoch(plan, 1);
        assertFalse(Arrays.equals(first, second));
        for (int[] epoch : List.of(first, second)) {
            assertArrayEquals(
                    IntStream.range(0, 23).toArray(),
                    Arrays.stream(epoch).sorted().toArray());
        }
    }

    @Test
    void a_step_does_not_depend_on_the_steps_before_it() {
        BatchPlan through = new BatchPlan(10, 2, 2, 3);
        for (int step = 0; step < 12; step++) {
            List<int[]> alone = new BatchPlan(10, 2, 2, 3).microBatches(step);
            List<int[]> inOrder = through.microBatches(step);
            assertEquals(alone.size(), inOrder.size());
            for (int i = 0; i < alone.size(); i++) {
                assertArrayEquals(alone.get(i), inOrder.get(i));
            }
        }
    }

    @Test
    void an_epochs_last_step_takes_what_is_left() {
        List<int[]> last = new BatchPlan(7, 2, 3, 1).microBatches(1);
        assertEquals(1, last.size());
        assertEquals(1, last.get(0).length);
    }

    @Test
    void another_seed_gives_another_order() {
        assertFalse(Arrays.equals(epoch(new BatchPlan(20, 1, 1, 1), 0), epoch(new BatchPlan(20, 1, 1, 2), 0)));
    }

    @Test
    void no_examples_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new BatchPlan(0, 1, 1, 1));
    }

    private static int[] epoch(BatchPlan plan, int epoch) {
        return IntStream.range(0, plan.stepsPerEpoch())
                .mapToObj(i -> plan.microBatches(epoch * plan.stepsPerEpoch() + i))
                .flatMap(List::stream)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
