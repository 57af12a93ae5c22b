package io.surstream.trainer.assemble;

import io.surstream.contract.failure.FailureType;
import io.surstream.trainer.store.RunStore;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Waits until a run's examples have embeddings, then freezes them: teacher and example list are written once, so that
 * the next owner of the run trains on the same. One thread.
 */
public final class ExampleGathering {
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final RunStore runs;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** What the waiting does besides. */
    public interface Waiting {
        /** Tells what is being waited for. */
        void tell(String activity);

        /**
         * Waits a moment.
         *
         * @throws RuntimeException when there is nothing to wait for any more
         */
        void pause(Duration moment);
    }

    /**
     * @param patience how long nothing new may come before the run begins with what is there, or fails when that is nothing
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public ExampleGathering(RunStore runs, Duration patience, LongSupplier nanoTime) {
        this.runs = runs;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * @param asked as {@link ExampleAssembly} takes it
     * @param needsTeacher false for a run that learns nothing from a teacher
     * @param vectors filled with the vectors of all examples that are returned
     * @throws AssemblyException when there is nothing to train on
     */
    public Gathered gather(
            String runId,
            String dataset,
            TeacherChoice asked,
            boolean needsTeacher,
            TeacherVectors vectors,
            Function<PromptEmbedded, float[]> values,
            ExampleFeed feed,
            Waiting waiting) {
        TeacherChoice teacher = runs.findTeacher(runId).orElse(asked);
        ExampleAssembly assembly = new ExampleAssembly(dataset, teacher, vectors, values, needsTeacher);
        Optional<List<ExampleCurated>> frozen = runs.findExamples(runId);
        frozen.ifPresent(examples -> examples.forEach(assembly::curated));
        await(assembly, frozen.isPresent(), feed, waiting);
        TeacherChoice settledTeacher = runs.settleTeacher(runId, assembly.teacher());
        List<ExampleCurated> settled = runs.settleExamples(runId, assembly.complete());
        if (!settledTeacher.equals(assembly.teacher())
                || settled.size() != assembly.complete().size()) {
            throw new AssemblyException(
                    FailureType.EXAMPLES_MISSING,
                    "the vectors of " + settled.size() + " examples of run " + runId + " are needed but only "
                            + assembly.complete().size()
                            + " are on the topic; let the teacher embed the dataset again");
        }
        return new Gathered(settled, settledTeacher, assembly.size() - settled.size());
    }

    /**
     * @param examples in the order of their ids
     * @param notEmbedded examples left out because their vectors did not come in time
     */
    public record Gathered(List<ExampleCurated> examples, TeacherChoice teacher, int notEmbedded) {}

    private void await(ExampleAssembly assembly, boolean listIsFrozen, ExampleFeed feed, Waiting waiting) {
        long lastNews = nanoTime.getAsLong();
        int known = 0;
        int complete = -1;
        while (true) {
            if (!listIsFrozen) {
                feed.curated(assembly::curated);
            }
            if (assembly.size() > known) {
                known = assembly.size();
                feed.rewindEmbedded();
            }
            feed.embedded(assembly::embedded);
            int now = assembly.complete().size();
            if (now > 0 && now == assembly.size()) {
                return;
            }
            if (now > complete) {
                complete = now;
                lastNews = nanoTime.getAsLong();
            }
            if (nanoTime.getAsLong() - lastNews >= patience.toNanos()) {
                giveUpUnlessEnough(assembly, listIsFrozen);
                return;
            }
            waiting.tell(assembly.activity());
            waiting.pause(ROUND);
        }
    }

    private void giveUpUnlessEnough(ExampleAssembly assembly, boolean listIsFrozen) {
        if (!listIsFrozen && !assembly.complete().isEmpty()) {
            return;
        }
        throw new AssemblyException(
                assembly.size() == 0 ? FailureType.NO_EXAMPLES : FailureType.NOT_EMBEDDED,
                "nothing new came for " + patience + ": " + assembly.activity()
                        + "; import the dataset, let a teacher embed it, then ask for a run under a new id");
    }
}
