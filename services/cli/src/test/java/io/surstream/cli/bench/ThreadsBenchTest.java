package io.surstream.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadsBenchTest {
    @Test
    void a_default_within_a_tenth_of_the_best_is_the_best() {
        assertEquals(
                "threads: the default is as fast as the best",
                ThreadsBench.verdict(List.of(row("default", 109), row("1 thread", 100), row("2 threads", 400))));
    }

    @Test
    void a_slower_default_is_told_with_what_is_better() {
        assertEquals(
                "threads: the default is 200 % slower than '1 thread'; set SURSTREAM_THREADS",
                ThreadsBench.verdict(List.of(row("default", 300), row("1 thread", 100), row("2 threads", 310))));
    }

    private static Measurement row(String name, double millis) {
        return Measurement.of("threads", name, "ms", new double[] {millis});
    }
}
