package io.surstream.streaming.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StuckTaskLoggerTest {
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void a_stuck_thread_is_told_with_its_stack_after_the_patience_and_then_ever_more_rarely() {
        Thread stuck = new Thread(this::waitInVain);
        stuck.setDaemon(true);
        stuck.start();
        try {
            Awaitility.await().until(() -> stuck.getState() == Thread.State.WAITING);
            StuckTaskLogger slow = new StuckTaskLogger(stuck, Duration.ofNanos(100));

            assertTrue(slow.after(99).isEmpty());
            String where = slow.after(110).orElseThrow();
            assertTrue(where.startsWith("WAITING"), where);
            assertTrue(where.contains("StuckTaskLoggerTest.waitInVain"), where);
            assertTrue(slow.after(219).isEmpty());
            assertTrue(slow.after(220).isPresent());
        } finally {
            stuck.interrupt();
        }
    }

    private void waitInVain() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
