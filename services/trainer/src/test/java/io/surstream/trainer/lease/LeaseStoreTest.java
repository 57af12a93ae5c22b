package io.surstream.trainer.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.trainer.run.CuttableStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LeaseStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String RUN = "run-1";

    private final InMemoryObjectStore objects = new InMemoryObjectStore("test");
    private long now;

    private LeaseStore trainer(String name) {
        return new LeaseStore(objects, name, TIMEOUT, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void a_run_that_nobody_has_is_had_by_one() {
        assertEquals(1, trainer("a").tryAcquire(RUN, 0).orElseThrow().epoch());
        assertTrue(trainer("b").tryAcquire(RUN, 0).isEmpty());
    }

    @Test
    void of_racing_trainers_one_gets_the_run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<Optional<RunLease>>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            LeaseStore trainer = trainer("trainer-" + i);
            attempts.add(() -> {
                together.await();
                return trainer.tryAcquire(RUN, 0);
            });
        }
        int won = 0;
        for (Future<Optional<RunLease>> attempt : threads.invokeAll(attempts)) {
            won += attempt.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertEquals(1, won);
    }

    @Test
    void an_owner_that_beats_keeps_its_run_and_one_that_stands_still_loses_it_after_the_timeout() {
        RunLease first = trainer("a").tryAcquire(RUN, 0).orElseThrow();
        LeaseStore other = trainer("b");
        assertTrue(other.tryAcquire(RUN, 0).isEmpty());
        pass(TIMEOUT);
        first.beat();
        assertTrue(other.tryAcquire(RUN, 0).isEmpty(), "it beat since it was seen");
        pass(TIMEOUT.minusMillis(1));
        assertTrue(other.tryAcquire(RUN, 0).isEmpty());
        pass(Duration.ofMillis(1));

        assertEquals(2, other.tryAcquire(RUN, 100).orElseThrow().epoch());
        assertTrue(first.isHeld(), "it cannot know yet");
        assertThrows(RunLeaseLostException.class, () -> first.verify(objects));
        assertFalse(first.isHeld());
    }

    @Test
    void a_heartbeat_tells_an_owner_that_it_is_the_owner_no_more() {
        RunLease first = trainer("a").tryAcquire(RUN, 0).orElseThrow();
        LeaseStore other = trainer("b");
        other.tryAcquire(RUN, 0);
        pass(TIMEOUT);
        RunLease second = other.tryAcquire(RUN, 0).orElseThrow();

        first.beat();
        second.beat();

        assertFalse(first.isHeld());
        assertTrue(second.isHeld());
        first.release();
        assertTrue(trainer("c").tryAcquire(RUN, 0).isEmpty(), "a former owner has nothing to release");
    }

    @Test
    void a_run_that_was_released_is_free_at_once_and_an_abandoned_one_after_the_timeout() {
        trainer("a").tryAcquire(RUN, 0).orElseThrow().release();
        trainer("b").tryAcquire(RUN, 0).orElseThrow().abandon("out of luck");
        LeaseStore third = trainer("c");
        assertTrue(third.tryAcquire(RUN, 0).isEmpty());
        pass(TIMEOUT);

        assertEquals(3, third.tryAcquire(RUN, 0).orElseThrow().epoch());
    }

    @Test
    void a_store_that_was_away_does_not_make_an_owner_look_dead() {
        trainer("a").tryAcquire(RUN, 0).orElseThrow();
        CuttableStore way = new CuttableStore(objects);
        LeaseStore other = new LeaseStore(way, "b", TIMEOUT, () -> now);
        assertTrue(other.tryAcquire(RUN, 0).isEmpty());
        way.cut();
        assertThrows(StoreUnavailableException.class, () -> other.tryAcquire(RUN, 0));
        pass(TIMEOUT.multipliedBy(3));
        way.mend();

        assertTrue(other.tryAcquire(RUN, 0).isEmpty(), "the owner gets the time to beat again");
        pass(TIMEOUT);
        assertTrue(other.tryAcquire(RUN, 0).isPresent());
    }

    @Test
    void what_a_killed_store_left_half_written_is_no_claim() {
        trainer("a").tryAcquire(RUN, 0).orElseThrow().release();
        String leftover = "training/runs/" + RUN + "/leases/00000002.json-" + UUID.randomUUID();
        objects.put(leftover, new byte[] {'{'}, "application/json");

        assertEquals(2, trainer("b").tryAcquire(RUN, 0).orElseThrow().epoch());
        assertEquals(0, LeaseStore.fruitless(objects, RUN, 0, 2).count());
    }

    @Test
    void owners_that_died_over_the_same_step_are_counted_and_any_step_forward_clears_them() {
        die("a", 0);
        die("b", 100);
        die("c", 100);
        LeaseStore last = trainer("d");
        last.tryAcquire(RUN, 100);
        pass(TIMEOUT);
        RunLease lease = last.tryAcquire(RUN, 100).orElseThrow();

        assertEquals(new LeaseStore.Attempts(2, "c died"), LeaseStore.fruitless(objects, RUN, 100, lease.epoch()));
        assertEquals(0, LeaseStore.fruitless(objects, RUN, 200, lease.epoch()).count());
    }

    private void die(String name, int fromStep) {
        LeaseStore leases = trainer(name);
        leases.tryAcquire(RUN, fromStep)
                .or(() -> {
                    pass(TIMEOUT);
                    return leases.tryAcquire(RUN, fromStep);
                })
                .orElseThrow()
                .abandon(name + " died");
    }
}
