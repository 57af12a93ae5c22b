package io.surstream.cli.bench;

/** Takes times of something that is repeated. */
final class Stopwatch {
    private Stopwatch() {}

    /**
     * @param warmUps runs that are not counted
     * @return milliseconds of each counted run
     */
    static double[] millis(int warmUps, int runs, Runnable work) {
        for (int i = 0; i < warmUps; i++) {
            work.run();
        }
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }
}
