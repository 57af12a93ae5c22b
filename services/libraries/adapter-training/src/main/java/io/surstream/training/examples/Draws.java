package io.surstream.training.examples;

import java.util.SplittableRandom;

/** Random numbers that follow from seed, step and position alone: a run keeps no generator's state. */
final class Draws {
    private Draws() {}

    static SplittableRandom of(long seed, long step, int position) {
        long key = new SplittableRandom(seed).nextLong() ^ step;
        return new SplittableRandom(new SplittableRandom(key).nextLong() ^ position);
    }
}
