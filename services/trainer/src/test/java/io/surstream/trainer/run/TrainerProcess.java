package io.surstream.trainer.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.assemble.ExampleFeed;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.train.RunPlan;
import io.surstream.trainer.train.SteppedRun;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.Tensor;
import io.surstream.v1.TrainingProgressed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Predicate;

/** A trainer without Kafka and networks, with its own way to the store and everything a hundred times faster. */
final class TrainerProcess implements AutoCloseable {
    final CuttableStore way;
    final List<TrainingProgressed> progress = new CopyOnWriteArrayList<>();
    final List<CheckpointPublished> checkpoints = new CopyOnWriteArrayList<>();
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final RunScheduler search;

    TrainerProcess(
            String name, ObjectStore objects, Path work, Set<String> inUse, Function<RunPlan, SteppedRun> opener) {
        way = new CuttableStore(objects);
        RunContext.Limits limits = new RunContext.Limits(
                work.resolve(name),
                TeacherChoice.getDefaultInstance(),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofMillis(20),
                Duration.ofMillis(400),
                Duration.ofMillis(20),
                Duration.ofSeconds(10),
                3,
                2);
        search = RunScheduler.start(new RunContext(
                name,
                way,
                this::hear,
                OneExample::new,
                () -> inUse,
                (plan, waiting) -> opener.apply(plan),
                new TrainerMeters(new SimpleMeterRegistry()),
                LogContext::of,
                leaving,
                limits));
    }

    private CompletableFuture<Void> hear(Outgoing event) {
        if (event.event() instanceof TrainingProgressed news) {
            progress.add(news);
        } else if (event.event() instanceof CheckpointPublished checkpoint) {
            checkpoints.add(checkpoint);
        }
        return CompletableFuture.completedFuture(null);
    }

    List<Integer> checkpointSteps() {
        return checkpoints.stream().map(CheckpointPublished::getGlobalStep).toList();
    }

    /** Returns when {@link #close} has begun. */
    void awaitLeaving() {
        try {
            leaving.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        leaving.countDown();
        search.close();
    }

    private static final class OneExample implements ExampleFeed {
        @Override
        public void curated(Predicate<ExampleCurated> listener) {
            listener.test(ExampleCurated.newBuilder()
                    .setDataset("surd")
                    .setExampleId("1")
                    .setSimplePrompt("a heart")
                    .build());
        }

        @Override
        public void embedded(Predicate<PromptEmbedded> listener) {
            listener.test(PromptEmbedded.newBuilder()
                    .setPrompt("a heart")
                    .setTeacher(TeacherChoice.newBuilder().setTeacher("t").setPooling("last"))
                    .setEmbedding(Tensor.newBuilder()
                            .setDtype(Tensor.DType.BF16)
                            .addShape(1)
                            .setData(com.google.protobuf.ByteString.copyFrom(new byte[2])))
                    .build());
        }

        @Override
        public void rewindEmbedded() {}

        @Override
        public void close() {}
    }
}
