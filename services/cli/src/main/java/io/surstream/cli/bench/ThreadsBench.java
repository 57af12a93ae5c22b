package io.surstream.cli.bench;

import io.surstream.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the default number of threads is as fast as one thread and as all: the three take turns, so that other work meets all. */
final class ThreadsBench {
    private static final int DEFAULT = 0;
    private static final double SLOWER = 1.1;

    private final BenchReport report;

    ThreadsBench(BenchReport report) {
        this.report = report;
    }

    /** @param image what is measured; warmed up here */
    void run(int rounds, Runnable image) {
        int all = Runtime.getRuntime().availableProcessors();
        List<Integer> counts = all == 1 ? List.of(DEFAULT, 1) : List.of(DEFAULT, 1, all);
        double[][] millis = new double[counts.size()][rounds];
        counts.forEach(count -> timed(count, image));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < counts.size(); i++) {
                millis[i][round] = timed(counts.get(i), image);
            }
        }
        TorchRuntime.useThreads(DEFAULT);
        List<Measurement> rows = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            rows.add(Measurement.of("threads", name(counts.get(i)), "ms", millis[i]));
        }
        rows.forEach(report::add);
        report.remark(verdict(rows));
    }

    private static double timed(int threads, Runnable image) {
        TorchRuntime.useThreads(threads);
        return Stopwatch.millis(0, 1, image)[0];
    }

    private static String name(int threads) {
        return threads == DEFAULT
                ? "an image, default"
                : "an image, " + threads + (threads == 1 ? " thread" : " threads");
    }

    /** @param rows the default's first */
    static String verdict(List<Measurement> rows) {
        double standard = rows.get(0).p50();
        Measurement best = rows.stream()
                .min((one, other) -> Double.compare(one.p50(), other.p50()))
                .orElseThrow();
        double ratio = standard / best.p50();
        return ratio <= SLOWER
                ? "threads: the default is as fast as the best"
                : String.format(
                        Locale.ROOT,
                        "threads: the default is %.0f %% slower than '%s'; set SURSTREAM_THREADS",
                        100 * (ratio - 1),
                        best.name());
    }
}
