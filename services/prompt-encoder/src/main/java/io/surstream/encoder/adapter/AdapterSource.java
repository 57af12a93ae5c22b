package io.surstream.encoder.adapter;

import io.surstream.contract.failure.FailureType;
import java.util.Set;

/** Where a batch gets its adapters. Thread-safe. */
@FunctionalInterface
public interface AdapterSource {
    /**
     * The adapters of this moment, to be closed after the batch.
     *
     * @param names that the batch asks for; a revision among them is loaded where that is possible
     */
    Adapters take(Set<String> names);

    /** Always the same. */
    static AdapterSource of(Adapters adapters) {
        return names -> adapters;
    }

    /** Why a known revision cannot be used now. */
    record AdapterFailure(FailureType type, String reason) {}
}
