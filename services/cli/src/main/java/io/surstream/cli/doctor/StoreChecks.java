package io.surstream.cli.doctor;

import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageException;
import io.surstream.storage.StoreRefusedException;
import io.surstream.storage.StoreSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether the store is there, lets us in, and keeps the promise that pictures depend on: of two equal writes one wins. */
final class StoreChecks {
    private static final String STORAGE = "storage";
    private static final String CONDITIONAL = "conditional-put";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StoreSettings settings;

    StoreChecks(StoreSettings settings) {
        this.settings = settings.withAttempts(1, Duration.ZERO);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        String place = settings.endpoint() + ", bucket " + settings.bucket();
        try (MinioObjectStore store = new MinioObjectStore(settings)) {
            if (store.hasBucket()) {
                findings.add(Finding.ok(STORAGE, place));
                findings.add(conditionalPut(store));
            } else {
                findings.add(Finding.warn(
                        STORAGE,
                        place + " does not exist",
                        "the first service that starts makes it, where it may; or create it: mc mb STORE/"
                                + settings.bucket()));
            }
            clock().ifPresent(findings::add);
        } catch (StoreRefusedException e) {
            findings.add(
                    Finding.fail(
                            STORAGE,
                            e.getMessage(),
                            "set SURSTREAM_STORAGE_ACCESS_KEY and SURSTREAM_STORAGE_SECRET_KEY to an account that may read and write the bucket"));
        } catch (StorageException e) {
            findings.add(Finding.fail(
                    STORAGE,
                    e.getMessage(),
                    "start the store, or give its address by --storage or SURSTREAM_STORAGE_ENDPOINT"));
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
                            "use a store that knows conditional puts, as MinIO does since 2024; without them a job may leave two sets of pictures");
        } finally {
            store.delete(key);
        }
    }

    /** Stores refuse requests that are signed at another time than theirs. */
    private Optional<Finding> clock() {
        try {
            HttpResponse<Void> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(settings.endpoint())
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            Instant here = Instant.now();
            return answer.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(there -> Clocks.judge(
                            "clock-of-storage", "the store's clock is", Duration.between(here, there), false));
        } catch (IOException | DateTimeParseException e) {
            return Optional.of(Finding.warn(
                    "clock-of-storage",
                    "the store does not tell its time: " + KafkaChecks.reason(e),
                    "compare its clock with ours by hand"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
