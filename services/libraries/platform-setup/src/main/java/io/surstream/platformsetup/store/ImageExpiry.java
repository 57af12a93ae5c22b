package io.surstream.platformsetup.store;

import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes images after their time from a store that has no lifecycle rules, as {@link BucketSetup} makes them
 * elsewhere. Thread-safe.
 */
public final class ImageExpiry {
    /** Under which images and the ends of their jobs lie. */
    static final String IMAGES = "images/";

    private static final Logger LOG = LoggerFactory.getLogger(ImageExpiry.class);

    private final ObjectStore store;
    private final Duration retention;
    private final Clock clock;

    /** @param store stays the caller's */
    public ImageExpiry(ObjectStore store, Duration retention, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * @return how many objects were removed
     * @throws StorageException when the store cannot be used; asking again continues where this ended
     */
    public int sweep() {
        Instant oldest = clock.instant().minus(retention);
        List<ListedObject> old = store.list(IMAGES).stream()
                .filter(object -> object.modified().isBefore(oldest))
                .toList();
        old.forEach(object -> store.delete(object.key()));
        if (!old.isEmpty()) {
            LOG.info(
                    "{} objects under {} were older than {} days and are removed",
                    old.size(),
                    IMAGES,
                    retention.toDays());
        }
        return old.size();
    }
}
