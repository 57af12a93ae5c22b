package io.surstream.trainer.run;

import static org.awaitility.Awaitility.await;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Several trainers, one store, and what tests do with them; all trainers end with their test. */
abstract class TrainerScenario {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final int STEPS = 60;

    @TempDir
    Path work;

    final ObjectStore objects = new InMemoryObjectStore("test");
    final RunStore runs = new RunStore(objects);
    private final List<TrainerProcess> trainers = new ArrayList<>();
    private final List<CountDownLatch> latches = new ArrayList<>();

    @AfterEach
    void endAll() {
        // Who finds out that the run is not its own any more ends at once.
        trainers.forEach(trainer -> trainer.way.mend());
        latches.forEach(CountDownLatch::countDown);
        trainers.forEach(TrainerProcess::close);
    }

    final TrainerProcess trainer(String name, CountingRun.BeforeStep before, int... notFinite) {
        return trainer(name, Set.of(), before, notFinite);
    }

    final TrainerProcess trainer(String name, Set<String> inUse, CountingRun.BeforeStep before, int... notFinite) {
        TrainerProcess trainer =
                new TrainerProcess(name, objects, work, inUse, plan -> new CountingRun(plan, before, notFinite));
        trainers.add(trainer);
        return trainer;
    }

    final void request(String runId) {
        request(runId, TrainingSettings.newBuilder());
    }

    final void request(String runId, TrainingSettings.Builder settings) {
        new RunRegister(runs)
                .register(TrainingRequested.newBuilder()
                        .setRunId(runId)
                        .setStart(TrainingRun.newBuilder()
                                .setDataset("surd")
                                .setSettings(settings.setMaxTrainSteps(STEPS)
                                        .setCheckpointingSteps(10)
                                        .setSeed(7)))
                        .build());
    }

    final TrainingProgressed end(String runId) {
        await().atMost(PATIENCE)
                .until(() ->
                        runs.findResult(runId).isPresent() && runs.openRuns().isEmpty());
        return runs.findResult(runId).orElseThrow();
    }

    final List<CheckpointPublished> published(String runId) {
        return objects.list("training/runs/" + runId + "/published/").stream()
                .map(object -> {
                    try {
                        return CheckpointPublished.parseFrom(objects.get(object.key()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    final byte[] adapter(CheckpointPublished checkpoint) {
        return objects.get(checkpoint.getAdapter().getKey());
    }

    final CheckpointPublished last(String runId) {
        List<CheckpointPublished> all = published(runId);
        return all.get(all.size() - 1);
    }

    final void awaitCheckpoint(String runId, int step) {
        await().atMost(PATIENCE)
                .until(() -> !published(runId).isEmpty() && last(runId).getGlobalStep() == step);
    }

    final byte[] uninterrupted() {
        request("calm");
        trainer("calm", step -> {});
        end("calm");
        return adapter(last("calm"));
    }

    final CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before a step its way to the store is cut, and it stands still as long as the latch holds. */
    final TrainerProcess dying(String name, int atStep, CountDownLatch dead) {
        return cutOff(name, atStep, () -> waitFor(dead));
    }

    final TrainerProcess cutOff(String name, int atStep, Runnable then) {
        CountDownLatch made = latch();
        TrainerProcess[] self = new TrainerProcess[1];
        self[0] = trainer(name, step -> {
            if (step == atStep) {
                waitFor(made);
                self[0].way.cut();
                then.run();
            }
        });
        made.countDown();
        return self[0];
    }
}
