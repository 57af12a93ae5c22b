package io.surstream.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.Sha256;
import io.surstream.storage.InMemoryObjectStore;
import io.surstream.trainer.lease.LeaseStore;
import io.surstream.trainer.lease.RunLease;
import io.surstream.trainer.lease.RunLeaseLostException;
import io.surstream.v1.CheckpointPublished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCheckpointsTest {
    private static final String RUN = "run-1";

    @TempDir
    Path folder;

    private final InMemoryObjectStore objects = new InMemoryObjectStore("test");

    private RunLease lease(String trainer) {
        return new LeaseStore(objects, trainer, Duration.ZERO, System::nanoTime)
                .tryAcquire(RUN, 0)
                .orElseThrow();
    }

    private Path checkpoint(String adapter) throws IOException {
        Path made = folder.resolve(adapter);
        Files.createDirectories(made);
        Files.writeString(made.resolve("adapter.safetensors"), adapter);
        Files.writeString(made.resolve("training.safetensors"), "state of " + adapter);
        Files.writeString(made.resolve("manifest.json"), "{}");
        return made;
    }

    private static CheckpointPublished step(int step) {
        return CheckpointPublished.newBuilder()
                .setRunId(RUN)
                .setGlobalStep(step)
                .build();
    }

    @Test
    void a_checkpoint_is_found_again_with_all_its_files() throws Exception {
        RunCheckpoints checkpoints = new RunCheckpoints(objects, lease("a"));
        assertTrue(checkpoints.latest().isEmpty());
        CheckpointPublished first = checkpoints.publish(checkpoint("one"), step(9));
        CheckpointPublished second = checkpoints.publish(checkpoint("two"), step(10));

        assertEquals(second, checkpoints.latest().orElseThrow());
        assertEquals(10, RunCheckpoints.latestStep(objects, RUN));
        assertEquals(Sha256.of("one".getBytes()).substring(0, 16), first.getRevision());
        Path fetched = folder.resolve("fetched");
        checkpoints.fetch(first, fetched);
        assertEquals("state of one", Files.readString(fetched.resolve("training.safetensors")));
        assertTrue(Files.exists(fetched.resolve("manifest.json")));
    }

    @Test
    void what_a_killed_store_left_half_written_is_no_checkpoint() throws Exception {
        RunCheckpoints checkpoints = new RunCheckpoints(objects, lease("a"));
        CheckpointPublished first = checkpoints.publish(checkpoint("one"), step(9));
        String leftover = "training/runs/" + RUN + "/published/00000010.pb-" + UUID.randomUUID();
        objects.put(leftover, new byte[0], "application/protobuf");

        assertEquals(first, checkpoints.latest().orElseThrow());
        assertEquals(9, RunCheckpoints.latestStep(objects, RUN));
        checkpoints.prune(1, Set.of());
        assertEquals(first, checkpoints.latest().orElseThrow());
    }

    @Test
    void a_trainer_that_has_lost_the_run_makes_nothing_known() throws Exception {
        RunLease former = lease("a");
        former.release();
        lease("b");

        assertThrows(RunLeaseLostException.class, () -> new RunCheckpoints(objects, former)
                .publish(checkpoint("one"), step(9)));

        assertTrue(objects.list("training/runs/run-1/published/").isEmpty());
    }

    @Test
    void the_same_adapter_twice_is_one_checkpoint_and_another_one_is_a_conflict() throws Exception {
        RunLease former = lease("a");
        CheckpointPublished first = new RunCheckpoints(objects, former).publish(checkpoint("one"), step(9));
        former.release();
        RunCheckpoints heir = new RunCheckpoints(objects, lease("b"));

        assertEquals(first, heir.publish(checkpoint("one"), step(9)));
        assertThrows(RunCheckpoints.ConflictException.class, () -> heir.publish(checkpoint("two"), step(9)));
        assertEquals(first, heir.latest().orElseThrow());
    }

    @Test
    void what_a_former_owner_left_unannounced_is_removed_with_the_old_ones() throws Exception {
        RunLease former = lease("a");
        new RunCheckpoints(objects, former).publish(checkpoint("one"), step(9));
        objects.put("training/runs/run-1/checkpoints/00000010-00000001/adapter.safetensors", new byte[1], "");
        former.release();
        RunCheckpoints heir = new RunCheckpoints(objects, lease("b"));
        heir.publish(checkpoint("two"), step(10));

        heir.prune(1, Set.of());

        assertTrue(objects.list("training/runs/run-1/checkpoints/").stream()
                .allMatch(file -> file.key().contains("/00000010-00000002/")));
        assertFalse(objects.list("training/runs/run-1/checkpoints/").isEmpty());
    }
}
