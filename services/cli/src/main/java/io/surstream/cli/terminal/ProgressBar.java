package io.surstream.cli.terminal;

import java.io.PrintStream;
import java.util.Locale;

/** A line on standard error that shows how far the work is; silent when nobody looks at a terminal. One thread. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 40;

    private final String title;
    private final PrintStream terminal;
    private final long startedNanos = System.nanoTime();
    private boolean drawn;

    /** @param terminal where to draw; null draws nothing */
    public ProgressBar(String title, PrintStream terminal) {
        this.title = title;
        this.terminal = terminal;
    }

    /** On standard error when that is a terminal. */
    public static ProgressBar onTerminal(String title) {
        return new ProgressBar(title, Boolean.getBoolean("surstream.terminal") ? System.err : null);
    }

    /** Shows {@code done} of {@code total} units of {@code unit}. */
    public void show(long done, long total, String unit) {
        if (terminal == null || total <= 0) {
            return;
        }
        int filled = (int) (WIDTH * Math.min(done, total) / total);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        terminal.print(String.format(
                Locale.ROOT,
                "\r%s [%s%s] %d/%d %s %.1f s ",
                title,
                "█".repeat(filled),
                "·".repeat(WIDTH - filled),
                done,
                total,
                unit,
                seconds));
        terminal.flush();
        drawn = true;
    }

    public boolean isShown() {
        return terminal != null;
    }

    /** Shows a word on what is being done, where no end is known. */
    public void say(String word) {
        if (terminal == null) {
            return;
        }
        terminal.printf("\r%s: %-60.60s", title, word);
        terminal.flush();
        drawn = true;
    }

    /** Leaves the last state standing and goes to the next line. */
    @Override
    public void close() {
        if (drawn) {
            terminal.println();
            drawn = false;
        }
    }
}
