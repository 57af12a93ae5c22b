package io.surstream.streaming.share;

import com.google.protobuf.Message;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.loop.DrainedException;
import io.surstream.streaming.loop.LoopState;
import io.surstream.streaming.loop.ReconnectingLoop;
import io.surstream.streaming.loop.StuckTaskLogger;
import io.surstream.streaming.loop.WorkerMetrics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event at a time: a poll thread keeps the lock alive while a work thread handles the event. */
public final class ShareConsumerThread<T extends Message> {

    private static final Logger LOG = LoggerFactory.getLogger(ShareConsumerThread.class);
    private static final Duration AFTER_LOSS = Duration.ofSeconds(2);
    private static final Duration PUBLISH_PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final ShareSettings settings;
    private final ShareProcess<T> process;
    private final DeadLetterListener listener;
    private final EventPublisher publisher;
    private final WorkerMetrics metrics;
    private final Supplier<ShareSession> sessions;
    private final LoopState state;
    private final ExecutorService work;
    private final ReconnectingLoop loop;
    private volatile Thread worker;
    private volatile long drainDeadline = Long.MAX_VALUE;

    public ShareConsumerThread(
            String name,
            ShareSettings settings,
            ShareProcess<T> process,
            DeadLetterListener listener,
            EventPublisher publisher,
            WorkerMetrics metrics,
            Supplier<ShareSession> sessions,
            LoopState state) {
        this.name = name;
        this.settings = settings;
        this.process = process;
        this.listener = listener;
        this.publisher = publisher;
        this.metrics = metrics;
        this.sessions = sessions;
        this.state = state;
        this.work = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name + "-work");
            made.setDaemon(true);
            worker = made;
            return made;
        });
        this.loop = new ReconnectingLoop(
                name, state, settings.silence(), settings.backoff(), this::connect, metrics::reconnected);
    }

    public void start() {
        loop.start();
    }

    LoopState state() {
        return state;
    }

    /** First half of closing: returns immediately. An idle thread notices within a poll. */
    void drain() {
        drainDeadline = System.nanoTime() + settings.drain().toNanos();
        state.close();
    }

    /** Second half: waits until the thread has ended. */
    void join() {
        loop.join(settings.drain().plus(AFTER_LOSS).plus(PUBLISH_PATIENCE));
        work.shutdownNow();
    }

    private void connect() {
        try (ShareSession session = sessions.get()) {
            while (!state.isClosing() && serve(session)) {
                loop.succeeded();
            }
        }
    }

    /** Takes and settles at most one record; false when the session is of no further use. */
    private boolean serve(ShareSession session) {
        ConsumerRecord<byte[], byte[]> taken = session.next();
        state.beat();
        state.ready(true);
        if (taken == null) {
            return true;
        }
        AcquisitionLock lock = new AcquisitionLock();
        Future<Acknowledgement> attempt = work.submit(() -> process.work(taken, lock));
        boolean stillOurs = false;
        try {
            stillOurs = awaitWhileRenewing(session, attempt, lock);
        } finally {
            if (!stillOurs) {
                metrics.lostLease();
                LOG.warn("{}: lost the lock of {}-{}@{}", name, taken.topic(), taken.partition(), taken.offset());
                lock.lose();
                awaitAfterLoss(attempt);
            }
        }
        return stillOurs && settle(session, verdictOf(attempt));
    }

    private boolean awaitWhileRenewing(ShareSession session, Future<Acknowledgement> attempt, AcquisitionLock lock) {
        long started = System.nanoTime();
        StuckTaskLogger slow = new StuckTaskLogger(worker, settings.silence());
        while (true) {
            Duration interval = session.renewalInterval();
            long untilDrained = drainDeadline == Long.MAX_VALUE ? Long.MAX_VALUE : drainDeadline - System.nanoTime();
            if (finishes(attempt, Math.min(interval.toNanos(), untilDrained))) {
                return true;
            }
            watch(slow, started);
            if (drainDeadline != Long.MAX_VALUE && System.nanoTime() >= drainDeadline) {
                lock.lose();
                attempt.cancel(true);
                return true;
            }
            if (!session.renew()) {
                return false;
            }
        }
    }

    /**
     * The handler may continue for a while with work that is no longer ours; two of them at a time would be too many.
     */
    private void awaitAfterLoss(Future<Acknowledgement> attempt) {
        long started = System.nanoTime();
        StuckTaskLogger slow = new StuckTaskLogger(worker, settings.silence());
        while (!state.isClosing() && !finishes(attempt, AFTER_LOSS.toNanos())) {
            watch(slow, started);
        }
        attempt.cancel(true);
    }

    /** A handler that takes longer than the longest work makes the thread not live. */
    private void watch(StuckTaskLogger slow, long started) {
        long elapsed = System.nanoTime() - started;
        if (elapsed < settings.longestWork().toNanos()) {
            state.beat();
        }
        slow.after(elapsed)
                .ifPresent(where -> LOG.info("{}: at one event for {}; {}", name, Duration.ofNanos(elapsed), where));
    }

    private static boolean finishes(Future<Acknowledgement> attempt, long nanos) {
        try {
            attempt.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            return true;
        } catch (InterruptedException e) {
            throw new DrainedException("interrupted");
        }
    }

    private Acknowledgement verdictOf(Future<Acknowledgement> attempt) {
        if (attempt.isCancelled()) {
            return new Acknowledgement.Release();
        }
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + ": the handler died", e.getCause());
        } catch (InterruptedException e) {
            throw new DrainedException(name);
        }
    }

    private boolean settle(ShareSession session, Acknowledgement verdict) {
        if (verdict instanceof Acknowledgement.Accept) {
            return session.settle(AcknowledgeType.ACCEPT);
        }
        if (verdict instanceof Acknowledgement.Reject reject && published(reject.letter())) {
            return session.settle(AcknowledgeType.REJECT);
        }
        if (state.isClosing()) {
            // Closing the session gives it back. A release before could be answered by the session's own open fetch,
            // which would count one more delivery and keep the record from others until the close.
            return true;
        }
        return session.settle(AcknowledgeType.RELEASE);
    }

    private boolean published(DeadLetter letter) {
        try {
            publisher
                    .publish(letter, listener.failureEvents(letter))
                    .toCompletableFuture()
                    .get(PUBLISH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{}: the dead letter {} could not be published and is given back: {}", name, letter, e.toString());
            return false;
        } catch (InterruptedException e) {
            throw new DrainedException(name);
        }
    }
}
