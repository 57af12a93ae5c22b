package io.surstream.it.processes;

import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import java.net.URI;
import java.util.Optional;

/** A store that somebody else runs. Tests begin with an empty bucket if the tests before them emptied it. */
record OutsideStore(StorageAddress address) implements StoreServer {

    /** The address in {@code SURSTREAM_IT_STORAGE_ENDPOINT}, {@code …_ACCESS_KEY} and {@code …_SECRET_KEY}, if there is one. */
    static Optional<StorageAddress> named() {
        return Optional.ofNullable(System.getenv("SURSTREAM_IT_STORAGE_ENDPOINT"))
                .map(endpoint -> new StorageAddress(
                        URI.create(endpoint),
                        System.getenv("SURSTREAM_IT_STORAGE_ACCESS_KEY"),
                        System.getenv("SURSTREAM_IT_STORAGE_SECRET_KEY")));
    }

    @Override
    public String description() {
        return "the store at " + address.endpoint();
    }

    @Override
    public void start() {
        // It runs.
    }

    @Override
    public void stop() {
        // Not ours to stop.
    }

    @Override
    public void lose() {
        try (ObjectStore store = new MinioObjectStore(address.bucket("surstream"))) {
            store.list("").forEach(object -> store.delete(object.key()));
        }
    }
}
