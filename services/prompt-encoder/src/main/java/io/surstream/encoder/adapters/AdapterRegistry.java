package io.surstream.encoder.adapters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.surstream.contract.failure.FailureType;
import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.AdapterSource;
import io.surstream.encoder.adapter.Adapters;
import io.surstream.encoder.adapter.CanaryShare;
import io.surstream.encoder.adapters.AdapterFetch.Loaded;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The adapters that are loaded: one a channel, the model's own, and the revisions asked for last. Another replaced one is freed when the last batch that
 * uses it is done. Thread-safe.
 */
public final class AdapterRegistry implements AdapterSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdapterRegistry.class);

    private final AdapterFetch fetch;
    private final int revisions;
    private final CanaryShare canary;
    private final Map<String, AdapterOrigin> known = new ConcurrentHashMap<>();
    private final Object loading = new Object();
    private final Map<String, AdapterLease> channels = new HashMap<>();
    // No Caffeine cache: these own native memory, counted by reference under this object's lock.
    private final LinkedHashMap<String, AdapterLease> asked = new LinkedHashMap<>(16, 0.75f, true);
    private AdapterLease own;
    private final MultiGauge serving;
    private final Counter hits;
    private final Counter misses;

    /** @param revisions how many are kept that no channel has */
    public AdapterRegistry(AdapterFetch fetch, int revisions, CanaryShare canary, MeterRegistry meters) {
        this.fetch = fetch;
        this.revisions = revisions;
        this.canary = canary;
        this.serving = Meters.rows(meters, Metric.ADAPTER);
        this.hits = Meters.counter(meters, Metric.CACHE_REQUESTS, "adapters", "hit");
        this.misses = Meters.counter(meters, Metric.CACHE_REQUESTS, "adapters", "miss");
    }

    /** From now on this revision may be asked for. */
    public void remember(AdapterOrigin origin) {
        known.put(origin.revision(), origin);
    }

    /** Loads what a channel is to have, and gives it to the batches from now on. Throws as {@link AdapterFetch#fetch} does. */
    public void promote(String channel, AdapterOrigin origin) {
        replace(channel, new AdapterLease(fetch.fetch(origin)));
    }

    /** Gives live the adapter that it has before any promotion, once; the shelf frees it. */
    public synchronized void own(Loaded loaded) {
        own = new AdapterLease(loaded);
        restore();
    }

    /** Live has from now on what {@link #own} gave it, or nothing. */
    public synchronized void restore() {
        replace(Adapters.LIVE, own == null ? null : own.hold());
    }

    /** The channel has no adapter from now on. */
    public void empty(String channel) {
        replace(channel, null);
    }

    private synchronized void replace(String channel, AdapterLease next) {
        AdapterLease last = next == null ? channels.remove(channel) : channels.put(channel, next);
        if (last != null) {
            last.release();
        }
        Map<List<String>, Integer> rows = new HashMap<>();
        channels.forEach((name, held) -> rows.put(List.of(name, held.adapter().revision()), 1));
        Meters.replace(serving, Metric.ADAPTER, rows);
    }

    @Override
    public Adapters take(Set<String> names) {
        Map<String, Adapter> byName = new LinkedHashMap<>();
        Map<String, AdapterFailure> failures = new HashMap<>();
        List<AdapterLease> lent = new ArrayList<>();
        for (String name : names) {
            AdapterOrigin origin = known.get(name);
            try {
                Optional<AdapterLease> held = origin == null ? Optional.empty() : Optional.of(revision(origin));
                held.ifPresent(one -> {
                    lent.add(one);
                    byName.put(name, one.adapter());
                });
            } catch (RuntimeException e) {
                LOG.warn("adapter {} was asked for but cannot be loaded: {}", name, e.toString());
                failures.put(name, failure(name, e));
            }
        }
        lendChannels(byName, lent);
        return new Adapters(byName, failures, canary, () -> giveBack(lent));
    }

    private static AdapterFailure failure(String revision, RuntimeException cause) {
        return cause instanceof AdapterRefusedException
                ? new AdapterFailure(FailureType.MODEL_MISMATCH, cause.getMessage())
                : new AdapterFailure(
                        FailureType.ADAPTER_UNAVAILABLE,
                        "adapter " + revision + " cannot be loaded from object storage now; try again later");
    }

    /** Held by the caller; loaded where it is not. */
    private AdapterLease revision(AdapterOrigin origin) {
        // One at a time: two batches that ask for the same one load it once.
        synchronized (loading) {
            Optional<AdapterLease> there = hold(origin.revision());
            (there.isPresent() ? hits : misses).increment();
            return there.isPresent() ? there.get() : keep(new AdapterLease(fetch.fetch(origin)));
        }
    }

    private synchronized Optional<AdapterLease> hold(String revision) {
        AdapterLease kept = asked.get(revision);
        return Stream.of(Stream.ofNullable(kept), channels.values().stream(), Stream.ofNullable(own))
                .flatMap(held -> held)
                .filter(held -> held.adapter().revision().equals(revision))
                .findFirst()
                .map(AdapterLease::hold);
    }

    private synchronized AdapterLease keep(AdapterLease held) {
        asked.put(held.adapter().revision(), held);
        held.hold();
        Iterator<AdapterLease> oldest = asked.values().iterator();
        while (asked.size() > revisions) {
            oldest.next().release();
            oldest.remove();
        }
        return held;
    }

    private synchronized void lendChannels(Map<String, Adapter> byName, List<AdapterLease> lent) {
        channels.forEach((channel, held) -> {
            lent.add(held.hold());
            byName.put(channel, held.adapter());
        });
    }

    private synchronized void giveBack(List<AdapterLease> lent) {
        lent.forEach(AdapterLease::release);
        lent.clear();
    }

    /** Frees what no batch uses; the rest is freed by the last batch that does. */
    @Override
    public synchronized void close() {
        channels.values().forEach(AdapterLease::release);
        channels.clear();
        asked.values().forEach(AdapterLease::release);
        asked.clear();
        if (own != null) {
            own.release();
            own = null;
        }
    }
}
