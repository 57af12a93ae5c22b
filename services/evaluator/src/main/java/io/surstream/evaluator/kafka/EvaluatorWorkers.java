package io.surstream.evaluator.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.evaluator.checkpoint.CheckpointValidation;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.checkpoint.RefusedCheckpointException;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.evaluate.Candidate;
import io.surstream.evaluator.promote.Promoter;
import io.surstream.evaluator.promote.PromotionMode;
import io.surstream.evaluator.promote.PromotionPolicy;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.evaluator.stages.EvaluationEvents;
import io.surstream.retry.Backoff;
import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.CheckpointPublished;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this service runs on the cluster: the share worker, its publisher, and the clock that ends a canary's time. */
public final class EvaluatorWorkers implements ServiceWorkers {
    /** Topics that evaluator reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(
            Topic.CHECKPOINTS_PUBLISHED, Topic.CHECKPOINTS_EVALUATED, Topic.ADAPTERS_PROMOTED, Topic.DEAD_LETTERS);

    private static final Logger LOG = LoggerFactory.getLogger(EvaluatorWorkers.class);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /** With the store's own retries, minutes without a store are survived within one delivery. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

    private static final int ATTEMPTS = 10;
    private static final int DELIVERIES = 4;

    private final EventPublisher publisher;
    private final EventWorker checkpoints;
    private final ScheduledExecutorService clock;

    private EvaluatorWorkers(EventPublisher publisher, EventWorker checkpoints, ScheduledExecutorService clock) {
        this.publisher = publisher;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /** Creates missing topics and starts all. */
    public static EvaluatorWorkers start(
            EventStreaming streaming,
            CheckpointEvaluation evaluation,
            EvaluationStore store,
            EvaluatorConfig config,
            MeterRegistry meters) {
        streaming.ensureTopics(TOPICS);
        Promoter promoter = new Promoter(
                new PromotionPolicy(config.promotion(), config.canaryTime()),
                FencedTopicLogs.promotions(streaming),
                evaluation.bundled().map(Candidate::revision),
                System::currentTimeMillis,
                meters);
        EventPublisher publisher = streaming.publisher();
        ShareSettings settings = ShareSettings.of(config.group()).withAttempts(ATTEMPTS, BACKOFF, DELIVERIES);
        EventWorker checkpoints = streaming.shareWorker(
                WorkerDefinition.of(
                        CheckpointValidation.STAGE,
                        Topic.CHECKPOINTS_PUBLISHED,
                        CheckpointPublished.getDefaultInstance(),
                        EvaluatorWorkers::failureEvents),
                settings.withTimes(settings.silence(), config.longestEvaluation(), DRAIN),
                publisher,
                new CheckpointHandler(evaluation, store, promoter, publisher::publish, meters));
        return new EvaluatorWorkers(publisher, checkpoints, clock(promoter, config));
    }

    private static ScheduledExecutorService clock(Promoter promoter, EvaluatorConfig config) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "evaluator-clock");
            thread.setDaemon(true);
            return thread;
        });
        if (config.promotion() == PromotionMode.LIVE) {
            long every = Math.max(
                    1, Math.min(LONGEST_LOOK.toMillis(), config.canaryTime().toMillis()));
            clock.scheduleWithFixedDelay(() -> graduate(promoter), every, every, TimeUnit.MILLISECONDS);
        }
        return clock;
    }

    private static void graduate(Promoter promoter) {
        try {
            promoter.graduate();
        } catch (RuntimeException e) {
            LOG.warn("whether the canary goes live is looked at again later: {}", e.toString());
        }
    }

    /** A checkpoint that is dead-lettered is reported as one that could not be evaluated. */
    static List<Outgoing> failureEvents(DeadLetter letter) {
        if (!(letter.error() instanceof RefusedCheckpointException refused)) {
            return List.of();
        }
        CheckpointPublished checkpoint = refused.checkpoint();
        return List.of(letter.reply(
                Topic.CHECKPOINTS_EVALUATED,
                checkpoint.getRevision(),
                EvaluationEvents.failed(checkpoint, refused.failure(), System.currentTimeMillis())));
    }

    @Override
    public boolean isReady() {
        return checkpoints.isReady();
    }

    @Override
    public boolean isLive() {
        return checkpoints.isLive();
    }

    /** The current evaluation is handed back after the drain time; another evaluator restarts it. */
    @Override
    public void close() {
        clock.shutdownNow();
        checkpoints.close();
        publisher.close();
    }
}
