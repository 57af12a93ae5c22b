package io.surstream.encoder.adapters;

import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapters.AdapterFetch.Loaded;

/** Counts who uses a loaded adapter; the last one to let go frees it. Made with one holder. Not thread-safe: the shelf guards it. */
final class AdapterLease {
    private final Loaded loaded;
    private int holders = 1;

    AdapterLease(Loaded loaded) {
        this.loaded = loaded;
    }

    Adapter adapter() {
        return loaded.adapter();
    }

    AdapterLease hold() {
        holders++;
        return this;
    }

    void release() {
        if (--holders == 0) {
            loaded.free().run();
        }
    }
}
