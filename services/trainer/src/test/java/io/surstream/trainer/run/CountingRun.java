package io.surstream.trainer.run;

import io.surstream.trainer.train.RunPlan;
import io.surstream.trainer.train.SteppedRun;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.training.run.StepReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A run whose weights are one number, which depends on every step before. */
public final class CountingRun implements SteppedRun {
    /** Looked at before each step, on the run's thread. */
    public interface BeforeStep {
        void at(int globalStep);
    }

    private final int totalSteps;
    private final BeforeStep before;
    private final int[] notFinite;
    private int step;
    private int skipped;
    private long weights;

    /** @param notFinite steps, counted from 1, that are left out */
    public CountingRun(RunPlan plan, BeforeStep before, int... notFinite) {
        this.totalSteps = plan.settings().maxTrainSteps();
        this.before = before;
        this.notFinite = notFinite;
        this.weights = plan.settings().seed();
        plan.checkpoint().ifPresent(this::read);
    }

    @Override
    public int globalStep() {
        return step;
    }

    @Override
    public int totalSteps() {
        return totalSteps;
    }

    @Override
    public String remark() {
        return "1 example";
    }

    @Override
    public String modelRevision() {
        return "counting";
    }

    @Override
    public StepReport step() {
        before.at(step);
        step++;
        boolean leftOut = Arrays.stream(notFinite).anyMatch(bad -> bad == step);
        if (leftOut) {
            skipped++;
        } else {
            weights = weights * 6364136223846793005L + step;
        }
        return new StepReport(step, 0, 0, 0, 0, 0, 1e-5, 4, leftOut, skipped);
    }

    @Override
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("adapter.safetensors"), bytes(weights));
            Files.write(folder.resolve("state.bin"), bytes(step));
            Manifest.write(folder, List.of("adapter.safetensors", "state.bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path folder) {
        Manifest.verify(folder);
        try {
            weights = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("adapter.safetensors")))
                    .getLong();
            step = (int) ByteBuffer.wrap(Files.readAllBytes(folder.resolve("state.bin")))
                    .getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public void close() {}
}
