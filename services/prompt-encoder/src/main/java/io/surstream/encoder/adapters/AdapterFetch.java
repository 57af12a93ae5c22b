package io.surstream.encoder.adapters;

import io.surstream.encoder.adapter.Adapter;

/** From an origin to a loaded adapter. Thread-safe. */
@FunctionalInterface
public interface AdapterFetch {
    /** An adapter and how it is freed. */
    record Loaded(Adapter adapter, Runnable free) {}

    /**
     * @throws AdapterRefusedException if it can never be used here
     * @throws io.surstream.storage.StoreUnavailableException if the store does not answer: another time it may
     * @throws RuntimeException if it is not there, or not what was promised: an operator may fix it
     */
    Loaded fetch(AdapterOrigin origin);
}
