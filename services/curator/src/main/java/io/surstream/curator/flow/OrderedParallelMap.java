package io.surstream.curator.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Does work on several elements at the same time and gives the results in the order of the elements; never holds more than a window of
 * them. One thread pulls.
 *
 * @param <I> elements
 * @param <O> results
 */
public final class OrderedParallelMap<I, O> implements Iterator<O>, AutoCloseable {
    private final Iterator<I> in;
    private final int window;
    private final Executor workers;
    private final Function<I, O> work;
    private final Deque<CompletableFuture<O>> pending = new ArrayDeque<>();

    public OrderedParallelMap(Iterator<I> in, int window, Executor workers, Function<I, O> work) {
        this.in = in;
        this.window = window;
        this.workers = workers;
        this.work = work;
    }

    @Override
    public boolean hasNext() {
        while (pending.size() < window && in.hasNext()) {
            I element = in.next();
            pending.add(CompletableFuture.supplyAsync(() -> work.apply(element), workers));
        }
        return !pending.isEmpty();
    }

    /** @throws java.util.concurrent.CompletionException with what the work threw */
    @Override
    public O next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no more work");
        }
        return pending.remove().join();
    }

    /** Waits for work under way; nobody wants its results. */
    @Override
    public void close() {
        pending.forEach(future -> future.handle((result, failure) -> result).join());
        pending.clear();
    }
}
