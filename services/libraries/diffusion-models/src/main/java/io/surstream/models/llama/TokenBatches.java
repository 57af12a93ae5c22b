package io.surstream.models.llama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which prompts share a forward: alike in length, so that little is padded, and within a budget of tokens. */
final class TokenBatches {
    private TokenBatches() {}

    /**
     * Indices of the prompts, batch by batch, longest first. In a batch no prompt is shorter than half the longest, and
     * rows times longest, padding included, stay within the budget; a prompt beyond the budget is a batch by itself.
     *
     * @param lengths tokens of each prompt
     */
    static List<List<Integer>> of(List<Integer> lengths, int budget) {
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        List<Integer> byLength = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparing(lengths::get).reversed())
                .toList();
        for (int index : byLength) {
            if (!open.isEmpty()) {
                int longest = lengths.get(open.get(0));
                if ((open.size() + 1L) * longest > budget || 2 * lengths.get(index) < longest) {
                    batches.add(open);
                    open = new ArrayList<>();
                }
            }
            open.add(index);
        }
        if (!open.isEmpty()) {
            batches.add(open);
        }
        return batches;
    }
}
