package io.surstream.playground.world;

import java.util.Collections;
import java.util.List;

/**
 * SplitMix64 (Steele, Lea, Flood 2014) with the few draws that the playground needs: the same numbers for a seed on
 * every machine and JDK. Not thread-safe: one owner each.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public SplitMix64(long seed) {
        this.state = scramble(seed);
    }

    /** Uniform in [0, 1). */
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Uniform in 0..bound−1. */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** One element, each as likely. */
    public <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Puts a mutable list in random order. */
    public void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, below(i + 1));
        }
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return scramble(state);
    }

    /** The finaliser of SplitMix64: a bijection that spreads every bit of the input over the output. */
    static long scramble(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
