package io.surstream.trainer.lease;

import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageException;
import io.surstream.trainer.store.RunKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Hands runs to trainers, one trainer a run. A lease is an object with the next epoch's number, made by a conditional
 * put: of racing trainers one gets it. Its owner rewrites it with every heartbeat. Another trainer may make the next
 * epoch when the lease is released, or when it has seen no heartbeat for the timeout by its own clock; no clocks are
 * compared. The newest epoch is the owner. One thread.
 */
public final class LeaseStore {
    private static final String JSON = "application/json";

    private final ObjectStore objects;
    private final String trainer;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Map<String, Sighting> sightings = new HashMap<>();

    private record Sighting(int epoch, LeaseRecord record, long sinceNanos) {}

    /**
     * @param trainer this process, unlike any other
     * @param timeout how long a heartbeat must be missing before its owner counts as dead; several times the interval
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public LeaseStore(ObjectStore objects, String trainer, Duration timeout, LongSupplier nanoTime) {
        this.objects = objects;
        this.trainer = trainer;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes the run if nobody has it. To be asked again and again: the death of an owner shows only in time.
     *
     * @param fromStep step of the checkpoint to begin at
     * @return empty when another trainer has the run, or may have it
     */
    public Optional<RunLease> tryAcquire(String runId, int fromStep) {
        try {
            return lease(runId, fromStep);
        } catch (StorageException e) {
            // While the store was away its owner could not show a heartbeat either: the watch restarts.
            sightings.clear();
            throw e;
        }
    }

    private Optional<RunLease> lease(String runId, int fromStep) {
        int newest = newestEpoch(objects, runId);
        Optional<LeaseRecord> former =
                newest > 0 ? Optional.of(read(objects, RunKeys.lease(runId, newest))) : Optional.empty();
        if (former.isPresent() && !isFree(runId, newest, former.get())) {
            return Optional.empty();
        }
        sightings.remove(runId);
        int epoch = newest + 1;
        String key = RunKeys.lease(runId, epoch);
        LeaseRecord record = LeaseRecord.first(trainer, fromStep);
        boolean ours = objects.putIfAbsent(key, record.toJson(), JSON)
                // After a lost answer the object that is there may be the one that this call wrote.
                || read(objects, key).trainer().equals(trainer);
        int announced = former.map(LeaseRecord::announced).orElse(0);
        return ours ? Optional.of(new RunLease(objects, runId, epoch, record, announced)) : Optional.empty();
    }

    private boolean isFree(String runId, int epoch, LeaseRecord record) {
        if (record.released()) {
            return true;
        }
        long now = nanoTime.getAsLong();
        Sighting seen = sightings.get(runId);
        if (seen == null || seen.epoch() != epoch || !seen.record().equals(record)) {
            sightings.put(runId, new Sighting(epoch, record, now));
            return false;
        }
        return now - seen.sinceNanos() >= timeout.toNanos();
    }

    /**
     * How many owners in a row, up to the newest, began at this step and died over it.
     *
     * @param objects the store as the asker knows it
     * @param but the epoch that does not count, the asker's own
     */
    public static Attempts fruitless(ObjectStore objects, String runId, int fromStep, int but) {
        int count = 0;
        String error = "";
        List<String> leases = leases(objects, runId);
        for (int i = leases.size() - 1; i >= 0; i--) {
            if (leases.get(i).equals(RunKeys.lease(runId, but))) {
                continue;
            }
            LeaseRecord record = read(objects, leases.get(i));
            if (record.released() || record.fromStep() != fromStep) {
                break;
            }
            count++;
            error = error.isEmpty() ? record.error() : error;
        }
        return new Attempts(count, error);
    }

    /**
     * @param count owners that died without a step forward
     * @param error what the last one that could speak said, or empty
     */
    public record Attempts(int count, String error) {}

    static int newestEpoch(ObjectStore objects, String runId) {
        List<String> leases = leases(objects, runId);
        return leases.isEmpty() ? 0 : RunKeys.epochOf(leases.get(leases.size() - 1));
    }

    private static List<String> leases(ObjectStore objects, String runId) {
        return RunKeys.numbered(objects.list(RunKeys.leases(runId)));
    }

    private static LeaseRecord read(ObjectStore objects, String key) {
        return LeaseRecord.parse(key, objects.get(key));
    }
}
