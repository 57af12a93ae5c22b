package io.surstream.training.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which examples each step works on: a pure function of seed and step, however often a run was interrupted. Every epoch
 * is shuffled again. As with the published script's loader, an epoch's last batch may be smaller and its last step may
 * have fewer micro-batches. Not thread-safe.
 */
public final class BatchPlan {
    private final int examples;
    private final int batchSize;
    private final int accumulation;
    private final long seed;
    private int epochAtHand = -1;
    private int[] orderAtHand;

    public BatchPlan(int examples, int batchSize, int accumulation, long seed) {
        if (examples < 1) {
            throw new IllegalArgumentException("training needs at least 1 example but has " + examples);
        }
        this.examples = examples;
        this.batchSize = batchSize;
        this.accumulation = accumulation;
        this.seed = seed;
    }

    public int stepsPerEpoch() {
        int batches = (examples + batchSize - 1) / batchSize;
        return (batches + accumulation - 1) / accumulation;
    }

    /** The micro-batches of a step, which counts from 0: 1 to accumulation of them, of 1 to batchSize examples each. */
    public List<int[]> microBatches(int step) {
        int[] order = order(step / stepsPerEpoch());
        long first = (long) (step % stepsPerEpoch()) * accumulation * batchSize;
        List<int[]> batches = new ArrayList<>();
        for (int i = 0; i < accumulation; i++) {
            long from = first + (long) i * batchSize;
            if (from < examples) {
                batches.add(Arrays.copyOfRange(order, (int) from, (int) Math.min(examples, from + batchSize)));
            }
        }
        return batches;
    }

    /** Fisher and Yates. */
    private int[] order(int epoch) {
        if (epoch != epochAtHand) {
            int[] order = new int[examples];
            SplittableRandom random = Draws.of(seed, -1 - epoch, 0);
            for (int i = 0; i < examples; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            orderAtHand = order;
            epochAtHand = epoch;
        }
        return orderAtHand;
    }
}
