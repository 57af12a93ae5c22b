package io.surstream.it.processes;

import io.surstream.testsupport.secured.MinioServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The S3 store of a fleet, wherever it comes from. One thread. */
interface StoreServer {

    /**
     * The store that the environment names ({@link OutsideStore}); else a MinIO server, where there is its program
     * ({@link MinioServer#program}); else S3Proxy, which the build brings. Each but the first in a process of its own.
     *
     * @param folder of its objects
     */
    static StoreServer in(Path folder) {
        return OutsideStore.named()
                .<StoreServer>map(OutsideStore::new)
                .or(() -> MinioServer.program().map(program -> new MinioStore(program, folder)))
                .orElseGet(() -> new S3ProxyStore(folder));
    }

    /** Which one it is, for people. */
    String description();

    /** With the account that may do everything. */
    StorageAddress address();

    /** Secret keys by the names of the accounts that services and roles are to have here; none where all use {@link #address}. */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /** With the account of a service or role, where each has its own; otherwise as {@link #address}. */
    default StorageAddress account(String user) {
        return Optional.ofNullable(secrets().get(user))
                .map(secret -> new StorageAddress(address().endpoint(), user, secret))
                .orElseGet(this::address);
    }

    /** Starts on what is in its folder and returns at once. */
    void start();

    void stop();

    /** Stops it, and all it stored is gone. */
    void lose();
}
