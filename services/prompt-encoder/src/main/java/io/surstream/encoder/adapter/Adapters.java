package io.surstream.encoder.adapter;

import io.surstream.contract.training.Promotions;
import io.surstream.encoder.adapter.AdapterSource.AdapterFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The adapters that a batch may use, as they were at one moment; they stay loaded until {@link #close}. Those of the next batch are
 * others, so that no batch mixes an old and a new one.
 */
public final class Adapters implements AutoCloseable {
    /** The choice that leaves the text encoder's states as they are. */
    public static final String NONE = Promotions.NONE;

    /** The channel for requests without an adapter name. */
    public static final String LIVE = Promotions.LIVE;

    /** The channel that serves a share of those. */
    public static final String CANARY = Promotions.CANARY;

    private final Map<String, Adapter> byName;
    private final Map<String, AdapterFailure> failures;
    private final CanaryShare canary;
    private final Runnable release;

    /**
     * @param byName channels that are not empty, and revisions
     * @param failures why a revision that was asked for cannot be had
     * @param release called once, when the batch is done
     */
    public Adapters(
            Map<String, Adapter> byName, Map<String, AdapterFailure> failures, CanaryShare canary, Runnable release) {
        this.byName = new LinkedHashMap<>(byName);
        byName.values().forEach(adapter -> this.byName.put(adapter.revision(), adapter));
        this.failures = Map.copyOf(failures);
        this.canary = canary;
        this.release = release;
    }

    public static Adapters none() {
        return new Adapters(Map.of(), Map.of(), CanaryShare.NOTHING, () -> {});
    }

    /** @param adapter serves prompts that ask for nothing, for {@code live} or for its revision */
    public static Adapters live(Adapter adapter) {
        return new Adapters(Map.of(LIVE, adapter), Map.of(), CanaryShare.NOTHING, () -> {});
    }

    /** Names that {@link #find} knows. */
    public List<String> names() {
        return Stream.concat(Stream.of(NONE), byName.keySet().stream()).toList();
    }

    /** Whether {@code name} is one of {@link #names} or empty, which asks for the default. */
    public boolean knows(String name) {
        return name.isEmpty() || name.equals(NONE) || byName.containsKey(name);
    }

    /** Why a name that is not known cannot be had, beyond being unknown. */
    public Optional<AdapterFailure> failure(String name) {
        return Optional.ofNullable(failures.get(name));
    }

    /**
     * The adapter of a name that is known; empty for none.
     *
     * @param jobId decides permanently whether a job without an adapter name belongs to the canary's share
     */
    public Optional<Adapter> find(String name, String jobId) {
        if (!name.isEmpty()) {
            return Optional.ofNullable(byName.get(name));
        }
        boolean tries = byName.containsKey(CANARY) && canary.takes(jobId);
        return Optional.ofNullable(byName.get(tries ? CANARY : LIVE));
    }

    @Override
    public void close() {
        release.run();
    }
}
