package io.surstream.trainer.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreUnavailableException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryingObjectStoreTest {
    private static final int OUTAGE = 12;

    private final List<Duration> pauses = new ArrayList<>();

    /** Is away for {@link #OUTAGE} calls. */
    private ObjectStore store() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (pauses.size() < OUTAGE) {
                        throw new StoreUnavailableException("away", null);
                    }
                    return null;
                });
    }

    @Test
    void trainers_that_wait_for_one_store_do_not_ask_it_in_step() {
        new RetryingObjectStore(store(), pauses::add).ensureBucket();

        assertEquals(OUTAGE, pauses.size());
        assertEquals(OUTAGE, new HashSet<>(pauses).size(), pauses::toString);
        assertTrue(pauses.stream().allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0), pauses::toString);
    }
}
