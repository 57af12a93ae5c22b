package io.surstream.training.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Micro-batches of one step that run together. Every loss is an average over rows, so that their gradients are those of one
 * after the other, up to rounding; a network reads its weights once for all of them.
 *
 * @param indices examples of all, one micro-batch behind the other
 * @param microBatches how many, of equal size
 */
public record MergedBatch(int[] indices, int microBatches) {

    /** As many of equal size together as may be; the order stays. */
    public static List<MergedBatch> of(List<int[]> microBatches, int most) {
        List<MergedBatch> merged = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= microBatches.size(); i++) {
            boolean ends = i == microBatches.size()
                    || i - start == most
                    || microBatches.get(i).length != microBatches.get(start).length;
            if (ends) {
                int[] indices = microBatches.subList(start, i).stream()
                        .flatMapToInt(IntStream::of)
                        .toArray();
                merged.add(new MergedBatch(indices, i - start));
                start = i;
            }
        }
        return merged;
    }
}
