package io.surstream.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * How many threads a kind of call is fastest with on this machine, found at its first call by trying: small networks are
 * often slower with two threads than with one, because the threads wait for each other thousands of times a call. What is
 * found is kept for this machine, so that equal calls compute equal numbers. Thread-safe; one kind is measured at a time.
 */
final class ThreadChoice {
    /** A call that lasts longer with one thread is large enough for all, and trying would take too long. */
    private static final long LARGE_NANOS = 1_000_000_000L;

    private static final long BUDGET_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 10;
    /** More threads must pay for themselves; what they do not bring stays free for others. */
    private static final double WORTH = 0.9;

    private final int most;
    private final KnownChoices known;
    private final LongSupplier clock;
    private final Map<Object, Integer> chosen = new ConcurrentHashMap<>();

    /** @param most threads that may be used: at most the cores that this process may use */
    ThreadChoice(int most, KnownChoices known, LongSupplier clock) {
        this.most = Math.max(1, most);
        this.known = known;
        this.clock = clock;
    }

    /**
     * Makes the call, the first of its kind several times.
     *
     * @param kind what is called, and about how much of it; its text names it in other processes too
     * @param call makes it with this many threads; the same again gives the same
     */
    <T> T call(Object kind, IntFunction<T> call) {
        Integer threads = chosen.get(kind);
        if (threads == null) {
            synchronized (this) {
                threads = chosen.computeIfAbsent(kind, k -> find(k.toString(), call));
            }
        }
        return call.apply(threads);
    }

    private int find(String kind, IntFunction<?> call) {
        if (most == 1) {
            return 1;
        }
        int found = known.find(kind);
        return found > 0 ? Math.min(found, most) : known.keep(kind, measure(call));
    }

    private int measure(IntFunction<?> call) {
        long start = clock.getAsLong();
        call.apply(1); // makes what the first call of all makes
        if (clock.getAsLong() - start > LARGE_NANOS) {
            return most;
        }
        long one = Long.MAX_VALUE;
        long all = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && clock.getAsLong() - start < BUDGET_NANOS; round++) {
            all = Math.min(all, nanos(call, most));
            one = Math.min(one, nanos(call, 1));
        }
        return all < WORTH * one ? most : 1;
    }

    private long nanos(IntFunction<?> call, int threads) {
        long start = clock.getAsLong();
        call.apply(threads);
        return clock.getAsLong() - start;
    }
}
