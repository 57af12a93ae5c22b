package io.surstream.models.llama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBatchesTest {
    @Test
    void like_lengths_share_a_forward_longest_first() {
        assertEquals(List.of(List.of(1, 3), List.of(0, 2, 4)), TokenBatches.of(List.of(4, 10, 3, 9, 2), 100));
    }

    @Test
    void a_prompt_beyond_the_budget_is_a_batch_by_itself() {
        assertEquals(List.of(List.of(0), List.of(1, 2)), TokenBatches.of(List.of(50, 30, 20), 60));
        assertEquals(List.of(List.of(0)), TokenBatches.of(List.of(50), 10));
    }

    @Test
    void nothing_is_lost_and_budget_and_padding_are_kept() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Integer> lengths =
                    random.ints(random.nextInt(40), 1, 64).boxed().toList();
            List<List<Integer>> batches = TokenBatches.of(lengths, 128);

            assertEquals(
                    IntStream.range(0, lengths.size()).boxed().toList(),
                    batches.stream().flatMap(List::stream).sorted().toList());
            for (List<Integer> batch : batches) {
                int longest = batch.stream().mapToInt(lengths::get).max().orElseThrow();
                int real = batch.stream().mapToInt(lengths::get).sum();
                assertTrue(batch.size() * longest <= 128);
                assertTrue(2 * real >= batch.size() * longest);
            }
        }
    }
}
