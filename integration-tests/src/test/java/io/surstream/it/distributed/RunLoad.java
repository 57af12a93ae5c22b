package io.surstream.it.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.it.processes.Fleet;
import io.surstream.it.processes.TopicReader;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluatorGrpc;
import io.surstream.v1.TrainerGrpc;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.WatchRunRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Work for trainer and evaluator: a run that somebody watches, its checkpoints, somebody who asks the evaluator; later the same run
 * once more, to compare. One thread.
 */
final class RunLoad implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String RUN = "rolled";
    private static final String UNDISTURBED = "undisturbed";
    private static final int STEPS = 120;

    private final CheckpointPublished known;
    private final GrpcEdge trainer;
    private final GrpcEdge evaluator;
    private final TopicReader progressed;
    private final TopicReader published;
    private final TopicReader evaluated;
    private final ExecutorService callers = Executors.newFixedThreadPool(2);
    private Future<TrainingProgressed> watched;
    private Future<CheckpointEvaluated> asked;
    private String firstTrainer;

    /**
     * Begins nothing yet.
     *
     * @param known a checkpoint, of the dataset that the run is to train on
     */
    RunLoad(Fleet fleet, CheckpointPublished known) {
        this.known = known;
        trainer = new GrpcEdge(fleet.all("trainer").get(0));
        evaluator = new GrpcEdge(fleet.all("evaluator").get(0));
        progressed = fleet.topic("training.progressed");
        published = fleet.topic("checkpoints.published");
        evaluated = fleet.topic("checkpoints.evaluated");
    }

    /** Begins the run and the watching; returns when steps are made. */
    void beginRun() {
        request(RUN);
        progressed.await(record -> record.key().equals(RUN), LIMIT);
        watched = callers.submit(this::watchToTheEnd);
        firstTrainer = news(progressed.await(
                        record -> record.key().equals(RUN) && news(record).getGlobalStep() > 0, LIMIT))
                .getTrainer();
    }

    private void request(String run) {
        TrainingSettings settings = TrainingSettings.newBuilder()
                .setMaxTrainSteps(STEPS)
                .setCheckpointingSteps(STEPS)
                .setTrainBatchSize(4)
                .setGradientAccumulationSteps(1)
                .setResolution(64)
                .setLearningRate(1e-3)
                .build();
        TrainingRequested request = TrainingRequested.newBuilder()
                .setRunId(run)
                .setStart(
                        TrainingRun.newBuilder().setDataset(known.getDataset()).setSettings(settings))
                .build();
        trainer.ask(channel -> TrainerGrpc.newBlockingStub(channel).startRun(request));
    }

    private TrainingProgressed watchToTheEnd() {
        WatchRunRequest request = WatchRunRequest.newBuilder().setRunId(RUN).build();
        return trainer.ask(channel -> {
            TrainingProgressed last = TrainingProgressed.getDefaultInstance();
            Iterator<TrainingProgressed> news =
                    TrainerGrpc.newBlockingStub(channel).watchRun(request);
            while (news.hasNext()) {
                last = news.next();
            }
            return last;
        });
    }

    /** Returns when the run's last checkpoint waits for its evaluation; the other run begins, and somebody asks for another evaluation. */
    void awaitLastCheckpoint() {
        last(RUN);
        request(UNDISTURBED);
        asked = callers.submit(() ->
                evaluator.ask(channel -> EvaluatorGrpc.newBlockingStub(channel).evaluate(known)));
    }

    private CheckpointPublished last(String run) {
        return TopicReader.event(
                CheckpointPublished.parser(),
                published.await(record -> record.key().equals(run + "/" + STEPS), LIMIT));
    }

    /** The run has all its steps, and ends in the same adapter as one that nobody disturbs. */
    void requireTrainedAsUndisturbed() throws Exception {
        TrainingProgressed end = watched.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(TrainingProgressed.State.COMPLETED, end.getState(), end::toString);
        assertEquals(STEPS, end.getGlobalStep());
        assertEquals(0, end.getSkippedSteps());
        assertNotEquals(firstTrainer, end.getTrainer(), "the run was over before its trainer was restarted");
        assertTrue(trainer.repetitions() > 0, "who watched the run was not sent away");
        assertEquals(
                last(UNDISTURBED).getAdapter().getSha256(),
                last(RUN).getAdapter().getSha256());
    }

    /** Each checkpoint of the run has one evaluation; who asked has an answer. */
    void requireEvaluatedOnce() throws Exception {
        assertTrue(asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS).hasReport());
        List<ConsumerRecord<String, byte[]>> checkpoints =
                published.all(record -> record.key().startsWith(RUN + "/"));
        assertEquals(2, checkpoints.size(), "one as the trainer left, and the last; each announced once");
        for (ConsumerRecord<String, byte[]> checkpoint : checkpoints) {
            String revision =
                    TopicReader.event(CheckpointPublished.parser(), checkpoint).getRevision();
            Predicate<ConsumerRecord<String, byte[]>> ofRevision =
                    record -> record.key().equals(revision);
            CheckpointEvaluated first = evaluation(evaluated.await(ofRevision, LIMIT));
            assertTrue(first.hasReport(), first::toString);
            // The other run's equal adapter is told in the same words.
            evaluated.all(ofRevision).forEach(again -> assertEquals(first, evaluation(again)));
        }
    }

    private static TrainingProgressed news(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(TrainingProgressed.parser(), record);
    }

    private static CheckpointEvaluated evaluation(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(CheckpointEvaluated.parser(), record);
    }

    @Override
    public void close() {
        callers.shutdownNow();
        trainer.close();
        evaluator.close();
        progressed.close();
        published.close();
        evaluated.close();
    }
}
