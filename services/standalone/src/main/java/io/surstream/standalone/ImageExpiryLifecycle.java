package io.surstream.standalone;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.platformsetup.store.ImageExpiry;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.storage.StorageException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Removes images after their time, every hour, where a setting says so: the embedded store has no lifecycle rules. */
@ApplicationScoped
class ImageExpiryLifecycle {
    private static final Logger LOG = Logger.getLogger(ImageExpiryLifecycle.class);

    /** After the store has started. */
    private static final int START = 2_500;

    private final StorageConfig config;
    private MinioObjectStore store;
    private ScheduledExecutorService timer;

    ImageExpiryLifecycle(StorageConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(START) StartupEvent event) {
        OptionalInt days = config.images().checkedRetentionDays();
        if (days.isEmpty()) {
            return;
        }
        store = new MinioObjectStore(config.settings());
        ImageExpiry expiry = new ImageExpiry(store, Duration.ofDays(days.getAsInt()), Clock.systemUTC());
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "image-expiry");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> sweep(expiry), 1, 60, TimeUnit.MINUTES);
    }

    private static void sweep(ImageExpiry expiry) {
        try {
            expiry.sweep();
        } catch (StorageException e) {
            LOG.warnf("old images stay for another hour: %s", e.getMessage());
        }
    }

    /** Before the store stops. */
    void stop(@Observes @Priority(START) ShutdownEvent event) {
        if (timer != null) {
            timer.shutdownNow();
            store.close();
        }
    }
}
