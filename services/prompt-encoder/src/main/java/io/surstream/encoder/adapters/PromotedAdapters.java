package io.surstream.encoder.adapters;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.training.Promotions;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.retry.Backoff;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.v1.AdapterPromoted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each channel of the shelf to its last promotion, on its own thread. A channel never goes back to a lower or
 * equal sequence. While a promotion cannot be loaded the channel keeps what it has, and it is tried again until it can
 * or until a newer one comes; one for another model is left aside. Thread-safe.
 */
public final class PromotedAdapters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PromotedAdapters.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final AdapterRegistry registry;
    private final MeterRegistry meters;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "adapter-loader");
    private boolean closing;

    /** One channel's state; guarded by the outer object. */
    private static final class Channel {
        private long sequence;
        private AdapterPromoted wanted;
        private int failures;
        private long retryAtNanos;
        private boolean blocking;
    }

    public PromotedAdapters(AdapterRegistry registry, MeterRegistry meters) {
        this.registry = registry;
        this.meters = meters;
        for (String name : Promotions.CHANNELS) {
            Channel channel = new Channel();
            channels.put(name, channel);
            Meters.gauge(meters, Metric.ADAPTER_SEQUENCE, channel, one -> one.sequence, name);
            Stream.of(Metric.ADAPTER_SWAPS, Metric.ADAPTER_REFUSALS, Metric.ADAPTER_FAILURES)
                    .forEach(metric -> Meters.counter(meters, metric, name));
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** A promotion; returns immediately. */
    public synchronized void hear(AdapterPromoted event) {
        Channel channel = channels.get(event.getChannel());
        if (channel == null) {
            LOG.warn("a promotion of the unknown channel '{}' is left aside", event.getChannel());
            return;
        }
        if (event.getSequence() <= channel.sequence) {
            return;
        }
        channel.sequence = event.getSequence();
        channel.wanted = event;
        channel.failures = 0;
        channel.retryAtNanos = System.nanoTime();
        channel.blocking = true;
        if (event.hasAdapter()) {
            registry.remember(AdapterOrigin.of(event));
        }
        notifyAll();
    }

    /** A revision that may be asked for. */
    public void remember(AdapterOrigin origin) {
        registry.remember(origin);
    }

    /**
     * Waits until everything received so far is applied, left aside, or failed for a reason that waiting does not cure.
     *
     * @return false when that takes longer
     */
    public synchronized boolean awaitSettled(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = 1; !isSettled(); left = (deadline - System.nanoTime()) / 1_000_000) {
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isSettled() {
        return channels.values().stream().noneMatch(channel -> channel.wanted != null && channel.blocking);
    }

    private void run() {
        try {
            for (Optional<AdapterPromoted> next = next(); next.isPresent(); next = next()) {
                apply(next.get());
            }
        } catch (InterruptedException e) {
            LOG.debug("adapter-loader ends");
        }
    }

    /** Waits for a promotion that is due; empty when closing. */
    private synchronized Optional<AdapterPromoted> next() throws InterruptedException {
        while (!closing) {
            long now = System.nanoTime();
            long soonest = Long.MAX_VALUE;
            for (Channel channel : channels.values()) {
                if (channel.wanted != null && channel.retryAtNanos - now <= 0) {
                    return Optional.of(channel.wanted);
                }
                if (channel.wanted != null) {
                    soonest = Math.min(soonest, channel.retryAtNanos - now);
                }
            }
            wait(soonest == Long.MAX_VALUE ? 0 : soonest / 1_000_000 + 1);
        }
        return Optional.empty();
    }

    private void apply(AdapterPromoted event) {
        String channel = event.getChannel();
        try {
            switch (event.getRevision()) {
                case Promotions.NONE -> registry.empty(channel);
                case Promotions.MODEL -> registry.restore();
                default -> registry.promote(channel, AdapterOrigin.of(event));
            }
            LOG.info("{} is adapter {} from now on (promotion {})", channel, event.getRevision(), event.getSequence());
            Meters.counter(meters, Metric.ADAPTER_SWAPS, channel).increment();
            done(event);
        } catch (AdapterRefusedException e) {
            LOG.error("promotion {} of {} is left aside: {}", event.getSequence(), channel, e.getMessage());
            Meters.counter(meters, Metric.ADAPTER_REFUSALS, channel).increment();
            done(event);
        } catch (RuntimeException e) {
            Meters.counter(meters, Metric.ADAPTER_FAILURES, channel).increment();
            later(event, e);
        }
    }

    private synchronized void done(AdapterPromoted event) {
        Channel channel = channels.get(event.getChannel());
        if (channel.wanted == event) {
            channel.wanted = null;
        }
        notifyAll();
    }

    private synchronized void later(AdapterPromoted event, RuntimeException cause) {
        Channel channel = channels.get(event.getChannel());
        if (channel.wanted != event) {
            return;
        }
        Duration wait = BACKOFF.after(++channel.failures);
        channel.retryAtNanos = System.nanoTime() + wait.toNanos();
        channel.blocking = cause instanceof StoreUnavailableException;
        notifyAll();
        LOG.warn(
                "promotion {} of {}: adapter {} cannot be loaded, the old one stays, next try in {}: {}",
                event.getSequence(),
                event.getChannel(),
                event.getRevision(),
                wait,
                cause.toString());
    }

    /** What is being loaded is finished first. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }
}
