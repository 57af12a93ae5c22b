package io.surstream.cli.dataset;

import io.surstream.cli.remote.CallFailedException;
import io.surstream.cli.remote.GrpcCalls;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.retry.Backoff;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.ImportProgressed;
import io.surstream.v1.ImportRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An import that survives its curator: the next curator is asked for the same import, which continues where it stopped
 * and counts what was done before. One thread.
 */
final class ResumableImport {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    private final GrpcCalls instance;
    private final Duration silence;
    private final ProgressBar bar;
    private final Consumer<String> notices;
    private long furthest;
    private boolean waiting;
    private long awayNanos;
    private int failures;

    /**
     * @param silence longest time without import progress
     * @param notices receives why the import waits, and that it continues
     */
    ResumableImport(GrpcCalls instance, Duration silence, ProgressBar bar, Consumer<String> notices) {
        this.instance = instance;
        this.silence = silence;
        this.bar = bar;
        this.notices = notices;
    }

    /**
     * @return the counts of the whole import
     * @throws CommandFailedException when it is refused, nobody is there to begin it, or it makes no progress for too
     *     long
     */
    CurationReport run(ImportRequest request) {
        while (true) {
            try {
                return instance.with(
                        channel -> follow(CuratorGrpc.newBlockingStub(channel).import_(request)));
            } catch (CallFailedException e) {
                await(e);
            }
        }
    }

    private CurationReport follow(Iterator<ImportProgressed> answers) {
        ImportProgressed latest = ImportProgressed.getDefaultInstance();
        while (answers.hasNext()) {
            latest = answers.next();
            // What was done before is gone through again: only news counts.
            if (latest.getItemsRead() > furthest) {
                furthest = latest.getItemsRead();
                goesOn();
            }
            show(latest);
        }
        return latest.getReport();
    }

    private void goesOn() {
        if (waiting) {
            waiting = false;
            failures = 0;
            notice("the import continues");
        }
    }

    private void show(ImportProgressed latest) {
        if (latest.getItemsTotal() > 0) {
            bar.show(latest.getItemsRead(), latest.getItemsTotal(), "items");
        } else {
            bar.say(latest.getItemsRead() + " items read, " + latest.getExamplesPublished() + " published");
        }
    }

    /** Returns when it is time to ask again. */
    private void await(CallFailedException failure) {
        if (!mayPass(failure)) {
            throw failure;
        }
        if (!waiting) {
            waiting = true;
            awayNanos = System.nanoTime();
            notice("waiting up to " + silence.toSeconds() + " s for the curator: " + failure.getMessage());
        }
        if (System.nanoTime() - awayNanos > silence.toNanos()) {
            throw new CommandFailedException("the import has made no progress for " + silence.toSeconds() + " s: "
                    + failure.getMessage()
                    + "; the same command continues where it stopped, and waits longer with --timeout");
        }
        pause(++failures);
    }

    /** At an address where nobody has answered yet there may never be one; who is busy may be so with what we began. */
    private boolean mayPass(CallFailedException failure) {
        boolean begun = furthest > 0;
        return failure.isAway() && (begun || failure.isAnswered()) || failure.isBusy() && begun;
    }

    private void notice(String word) {
        bar.close();
        notices.accept(word);
    }

    private static void pause(int failures) {
        try {
            TimeUnit.NANOSECONDS.sleep(BACKOFF.after(failures).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while waiting for the curator");
        }
    }
}
