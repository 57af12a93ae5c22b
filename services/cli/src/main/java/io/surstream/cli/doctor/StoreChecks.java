package io.surstream.cli.doctor;

import io.surstream.platformsetup.store.StoreClock;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageException;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether the store is there, lets us in, and keeps the promise that images depend on: of two equal writes one wins.
 */
final class StoreChecks {
    private static final String STORAGE = "storage";
    private static final String CONDITIONAL = "conditional-put";

    private final StoreSettings settings;

    StoreChecks(StoreSettings settings) {
        this.settings = settings.withAttempts(1, Duration.ZERO);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.addAll(account());
            // Asked of a store that refuses too: a wrong clock may be why.
            clock().ifPresent(findings::add);
        } catch (StorageException e) {
            findings.add(
                    Finding.fail(
                            STORAGE,
                            e.getMessage(),
                            "start the store, or give its address by --storage or SURSTREAM_STORAGE_ENDPOINT; if a private authority issued its certificate, set SURSTREAM_STORAGE_TRUSTSTORE"));
        }
        return findings;
    }

    private List<Finding> account() {
        List<Finding> findings = new ArrayList<>();
        String place = settings.endpoint() + ", bucket " + settings.bucket();
        try (MinioObjectStore store = new MinioObjectStore(settings)) {
            if (store.hasBucket()) {
                findings.add(Finding.ok(STORAGE, place));
                findings.add(conditionalPut(store));
            } else {
                findings.add(
                        Finding.warn(
                                STORAGE,
                                place + " does not exist",
                                "./surstream bootstrap makes it, with versioning and lifecycle; a service that starts makes a plain one, where it may"));
            }
        } catch (StoreRefusedException e) {
            findings.add(
                    Finding.fail(
                            STORAGE,
                            e.getMessage(),
                            "set SURSTREAM_STORAGE_ACCESS_KEY and SURSTREAM_STORAGE_SECRET_KEY to an account with the rights of the role operator"));
        }
        return findings;
    }

    private static Finding conditionalPut(MinioObjectStore store) {
        String key = "doctor/" + UUID.randomUUID();
        byte[] content = key.getBytes(StandardCharsets.UTF_8);
        try {
            boolean first = store.putIfAbsent(key, content, "text/plain");
            boolean second = store.putIfAbsent(key, new byte[] {1}, "text/plain");
            boolean kept = Arrays.equals(content, store.get(key));
            return first && !second && kept
                    ? Finding.ok(CONDITIONAL, "of two writes to one key the first stays")
                    : Finding.fail(
                            CONDITIONAL,
                            "the store took a write to a key that was there (If-None-Match: *)",
                            "use a store that knows conditional puts, as MinIO does since 2024; without them a job may leave two sets of images");
        } finally {
            store.delete(key);
        }
    }

    private Optional<Finding> clock() {
        Optional<Instant> there = StoreClock.read(settings);
        Instant here = Instant.now();
        return there.map(
                at -> Clocks.judge("clock-of-storage", "the store's clock is", Duration.between(here, at), false));
    }
}
