package io.surstream.trainer.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a run goes, measured over its last steps. One thread. */
public final class Pace {
    private static final int WINDOW = 50;
    private static final double NANOS = 1e9;

    private record Tick(long nanos, long examples) {}

    private final Deque<Tick> ticks = new ArrayDeque<>();
    private long examples;

    /** A step has ended, or the first one begins: then with 0 examples. */
    public void tick(long nanoTime, int moreExamples) {
        examples += moreExamples;
        ticks.addLast(new Tick(nanoTime, examples));
        if (ticks.size() > WINDOW) {
            ticks.removeFirst();
        }
    }

    /** 0 before the first step has ended. */
    public double examplesPerSecond() {
        double seconds = seconds();
        return seconds <= 0 ? 0 : (ticks.getLast().examples() - ticks.getFirst().examples()) / seconds;
    }

    /** Seconds that so many steps will take; 0 while that is not known. */
    public long secondsFor(int steps) {
        return ticks.size() < 2 ? 0 : Math.round(seconds() / (ticks.size() - 1) * steps);
    }

    private double seconds() {
        return ticks.size() < 2
                ? 0
                : (ticks.getLast().nanos() - ticks.getFirst().nanos()) / NANOS;
    }
}
