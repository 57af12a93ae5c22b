package io.surstream.evaluator.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.checkpoint.RefusedCheckpointException;
import io.surstream.evaluator.evaluate.Evaluated;
import io.surstream.evaluator.promote.Promoter;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.evaluator.stages.EvaluationEvents;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.ShareHandler;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.EvaluationReport;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka edge: a published checkpoint in; report, event and perhaps a promotion out. A revision that was evaluated
 * before is republished unchanged and not sampled again.
 */
final class CheckpointHandler implements ShareHandler<CheckpointPublished> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointHandler.class);
    private static final long PUBLISH_PATIENCE_SECONDS = 30;

    private final CheckpointEvaluation evaluation;
    private final EvaluationStore store;
    private final Promoter promoter;
    private final Function<Outgoing, CompletionStage<Void>> publish;
    private final MeterRegistry meters;

    /** @param publish completes when the cluster has the event */
    CheckpointHandler(
            CheckpointEvaluation evaluation,
            EvaluationStore store,
            Promoter promoter,
            Function<Outgoing, CompletionStage<Void>> publish,
            MeterRegistry meters) {
        this.evaluation = evaluation;
        this.store = store;
        this.promoter = promoter;
        this.publish = publish;
        this.meters = meters;
    }

    @Override
    public void handle(Incoming<CheckpointPublished> incoming, AcquisitionLock lock) throws Exception {
        String revision = incoming.event().getRevision();
        CheckpointEvaluated evaluated = store.find(revision).orElse(null);
        if (evaluated == null) {
            evaluated = store.commitResult(evaluate(incoming.event(), lock));
        }
        publish.apply(incoming.reply(Topic.CHECKPOINTS_EVALUATED, revision, evaluated))
                .toCompletableFuture()
                .get(PUBLISH_PATIENCE_SECONDS, TimeUnit.SECONDS);
        promoter.consider(evaluated);
    }

    private CheckpointEvaluated evaluate(CheckpointPublished checkpoint, AcquisitionLock lock)
            throws RefusedCheckpointException {
        Evaluated evaluated = evaluation.evaluate(checkpoint, promoter.live(), done -> lock.ensureHeld());
        lock.ensureHeld();
        String revision = checkpoint.getRevision();
        EvaluationReport report = EvaluationEvents.report(
                        evaluated, evaluation.stage().scorer())
                .toBuilder()
                .setDocument(store.keepDocument(revision, evaluated.document()))
                .setContactSheet(store.keepSheet(revision, evaluated.sheet()))
                .build();
        LOG.info("checkpoint {}: {}, {}", revision, report.getVerdict(), report.getReason());
        Meters.counter(meters, Metric.VERDICTS, verdict(report)).increment();
        return EvaluationEvents.evaluated(checkpoint, report, System.currentTimeMillis());
    }

    private static String verdict(EvaluationReport report) {
        return report.getVerdict().name().toLowerCase(Locale.ROOT);
    }
}
