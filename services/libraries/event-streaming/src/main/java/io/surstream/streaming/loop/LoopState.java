package io.surstream.streaming.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a poll loop and its observers share: closing or not, ready or not, when it last gave a sign of life. */
public final class LoopState implements Sleeper {

    private final String worker;
    private final Duration silence;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long lastBeat = System.nanoTime();
    private volatile boolean ready;
    private volatile boolean stopped;

    public LoopState(String worker, Duration silence) {
        this.worker = worker;
        this.silence = silence;
    }

    public void beat() {
        lastBeat = System.nanoTime();
    }

    public void ready(boolean ready) {
        this.ready = ready;
    }

    void stopped() {
        stopped = true;
        ready = false;
    }

    public void close() {
        closing.countDown();
    }

    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    public boolean isReady() {
        return ready && !isClosing();
    }

    public boolean isLive() {
        return !stopped && age().compareTo(silence) <= 0;
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }

    @Override
    public void pause(Duration time) {
        try {
            if (closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new DrainedException(worker);
            }
        } catch (InterruptedException e) {
            throw new DrainedException(worker);
        }
    }
}
