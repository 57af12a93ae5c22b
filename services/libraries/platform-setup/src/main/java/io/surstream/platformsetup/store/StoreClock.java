package io.surstream.platformsetup.store;

import io.surstream.storage.MinioConnection;
import io.surstream.storage.StoreSettings;
import io.surstream.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What time it is at a store, which refuses requests that are signed at another. */
public final class StoreClock {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private StoreClock() {}

    /**
     * Asked by a request that is not signed, so that a wrong clock or account does not matter; trusts the configured
     * certificates.
     *
     * @return empty when the store's answers carry no time
     * @throws StoreUnavailableException when it does not answer, or is not trusted
     */
    public static Optional<Instant> read(StoreSettings settings) {
        OkHttpClient http = MinioConnection.http(settings)
                .newBuilder()
                .callTimeout(PATIENCE)
                .build();
        Request request =
                new Request.Builder().url(settings.endpoint().toString()).build();
        try (Response answer = http.newCall(request).execute()) {
            return Optional.ofNullable(answer.headers().getInstant("Date"));
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the store at " + settings.endpoint() + " does not tell its time: " + e.getMessage(), e);
        } finally {
            http.connectionPool().evictAll();
        }
    }
}
