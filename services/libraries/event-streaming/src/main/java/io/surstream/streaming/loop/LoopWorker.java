package io.surstream.streaming.loop;

import io.surstream.retry.Backoff;
import java.time.Duration;

/** A worker that is one loop on one thread. */
public abstract class LoopWorker implements EventWorker {

    protected final LoopState state;
    private final String name;
    private final ReconnectingLoop loop;
    private final Duration drain;

    /**
     * @param silence longest time without a sign of life of a live worker
     * @param drain how long {@link #close} waits before it interrupts
     * @param reconnected receives each connection failure
     */
    protected LoopWorker(String name, Duration silence, Backoff backoff, Duration drain, Runnable reconnected) {
        this.name = name;
        this.drain = drain;
        this.state = new LoopState(name, silence);
        this.loop = new ReconnectingLoop(name, state, silence, backoff, this::connect, reconnected);
    }

    /** Opens a connection, serves it until the state is closing, and closes it. */
    protected abstract void connect();

    /** Makes a poll that waits return; called from another thread. */
    protected abstract void wakeup();

    protected final void startLoop() {
        loop.start();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Duration pollAge() {
        return state.age();
    }

    @Override
    public final boolean isLive() {
        return state.isLive();
    }

    @Override
    public final boolean isReady() {
        return state.isReady();
    }

    @Override
    public void close() {
        state.close();
        wakeup();
        loop.join(drain);
    }
}
