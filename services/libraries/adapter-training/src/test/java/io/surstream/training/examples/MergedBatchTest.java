package io.surstream.training.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergedBatchTest {
    private static final List<int[]> STEP =
            List.of(new int[] {5, 3}, new int[] {8, 1}, new int[] {2, 9}, new int[] {4, 7}, new int[] {6});

    private static List<Integer> sizes(int most) {
        return MergedBatch.of(STEP, most).stream()
                .map(MergedBatch::microBatches)
                .toList();
    }

    @Test
    void as_many_as_may_be_run_together_and_a_smaller_last_one_by_itself() {
        assertEquals(List.of(4, 1), sizes(100));
        assertEquals(List.of(3, 1, 1), sizes(3));
        assertEquals(List.of(2, 2, 1), sizes(2));
        assertEquals(List.of(1, 1, 1, 1, 1), sizes(1));
    }

    @Test
    void the_examples_keep_their_order() {
        List<MergedBatch> merged = MergedBatch.of(STEP, 3);

        assertArrayEquals(new int[] {5, 3, 8, 1, 2, 9}, merged.get(0).indices());
        assertArrayEquals(new int[] {4, 7}, merged.get(1).indices());
        assertArrayEquals(new int[] {6}, merged.get(2).indices());
    }
}
