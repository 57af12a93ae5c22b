package io.surstream.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class BrokerThreadsTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final BrokerThreads threads = new BrokerThreads("broker");

    @Test
    void what_would_end_the_process_ends_the_call_and_is_told() {
        // when
        var fault = assertThrows(
                BrokerFaultException.class,
                () -> threads.call(() -> {
                    Exit.halt(1, "the disk is full");
                    return null;
                }));
        // then
        assertTrue(fault.getMessage().endsWith("exit code 1: the disk is full"), fault.getMessage());
        assertEquals(fault, threads.fault().join());
        assertThrows(BrokerFaultException.class, () -> Exit.exit(1));
    }

    @Test
    void a_fault_of_one_of_its_threads_ends_a_call_that_waits() {
        assertThrows(
                BrokerFaultException.class,
                () -> threads.call(() -> {
                    Thread raft = new Thread(() -> Exit.exit(1));
                    raft.setUncaughtExceptionHandler((thread, fault) -> {});
                    raft.start();
                    new CountDownLatch(1).await();
                    return null;
                }));
    }

    @Test
    void a_fault_is_told_to_its_own_broker_only() {
        BrokerThreads other = new BrokerThreads("other");

        assertThrows(
                BrokerFaultException.class,
                () -> other.call(() -> {
                    Exit.exit(1);
                    return null;
                }));

        assertTrue(other.fault().isDone());
        assertFalse(threads.fault().isDone());
    }

    @Test
    void the_callers_own_exception_comes_back() {
        assertThrows(
                IllegalArgumentException.class,
                () -> threads.call(() -> {
                    throw new IllegalArgumentException("port");
                }));
    }

    @Test
    void a_thread_that_waits_for_ever_is_interrupted() throws Exception {
        // given
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        threads.call(() -> {
            new Thread(() -> {
                        started.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    })
                    .start();
            return null;
        });
        started.await();
        // when
        boolean stopped = threads.stop(() -> await(interrupted), SHORT);
        // then
        assertTrue(stopped);
    }

    @Test
    void a_thread_that_spins_for_ever_is_left_behind() {
        AtomicBoolean spinning = new AtomicBoolean(true);
        try {
            assertFalse(threads.stop(
                    () -> {
                        while (spinning.get()) {
                            Thread.onSpinWait();
                        }
                    },
                    SHORT,
                    SHORT));
        } finally {
            spinning.set(false);
        }
    }

    private static void await(CountDownLatch latch) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // the broker's own shutdown goes on as well
            }
        }
    }
}
