package io.surstream.serviceruntime.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingStartupTest {

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AutoCloseable thing = () -> closed.set(true);

    @Test
    void it_tries_until_the_cluster_answers_and_closes_what_it_started() {
        AtomicInteger tries = new AtomicInteger();
        RetryingStartup<AutoCloseable> start = RetryingStartup.of("test", () -> {
            if (tries.incrementAndGet() < 2) {
                throw new IllegalStateException("not yet");
            }
            return thing;
        });

        await().until(() -> start.started() != null);
        start.close();

        assertSame(thing, start.started());
        assertEquals(2, tries.get());
        assertTrue(closed.get());
    }

    @Test
    void closing_ends_the_waiting() {
        RetryingStartup<AutoCloseable> start = RetryingStartup.of("test", () -> {
            throw new IllegalStateException("never");
        });

        start.close();

        assertNull(start.started());
    }

    @Test
    void an_error_is_not_tried_again() {
        RetryingStartup<AutoCloseable> start = RetryingStartup.of("test", () -> {
            throw new LinkageError("broken");
        });

        await().until(() -> start.failure() != null);
        start.close();

        assertEquals("broken", start.failure().getMessage());
    }
}
