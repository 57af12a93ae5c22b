package io.surstream.encoder.kafka;

import io.surstream.contract.JobId;
import io.surstream.contract.RequestDigest;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.modelstore.tensors.TensorOffload;
import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Failure;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** What this service runs on the cluster: the batch worker, and the ears for cancellations and adapters. */
public final class EncoderWorkers implements ServiceWorkers {
    /** Topics that prompt-encoder reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(
            Topic.PROMPTS_SUBMITTED,
            Topic.PROMPTS_ENCODED,
            Topic.PROMPTS_CANCELLED,
            Topic.IMAGES_SAMPLED,
            Topic.CHECKPOINTS_PUBLISHED,
            Topic.ADAPTERS_PROMOTED,
            Topic.DEAD_LETTERS);

    /** A job may wait this long and still be found cancelled by a worker that starts late. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(1);

    private static final EventCodec<PromptSubmitted> SUBMISSIONS =
            EventCodec.of(Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance());

    private final AdapterUpdatesConsumer adapters;
    private final EventWorker cancellations;
    private final FollowedTopics followed;
    private final EventWorker prompts;

    private EncoderWorkers(
            AdapterUpdatesConsumer adapters, EventWorker cancellations, FollowedTopics followed, EventWorker prompts) {
        this.adapters = adapters;
        this.cancellations = cancellations;
        this.followed = followed;
        this.prompts = prompts;
    }

    /**
     * Creates missing topics, brings the adapters to what is promoted now, then starts all.
     *
     * @param objects takes embeddings that are too large for an event; stays the caller's to close
     * @throws AdaptersNotReadyException while the store does not answer; nothing is left running
     */
    public static EncoderWorkers start(
            EventStreaming streaming,
            PromptEncoding encoding,
            PromotedAdapters promoted,
            ObjectStore objects,
            EncoderConfig config) {
        streaming.ensureTopics(TOPICS);
        AdapterUpdatesConsumer adapters = AdapterUpdatesConsumer.open(
                streaming, promoted, config.adapter().isEmpty());
        CancelledJobs cancelled = new CancelledJobs(config.cancelledJobs());
        EventWorker cancellations = streaming.follow(
                "prompt-encoder-cancellations",
                Topic.PROMPTS_CANCELLED,
                PromptCancelled.getDefaultInstance(),
                LONGEST_QUEUE,
                event -> cancelled.add(event.event().getJobId(), event.event().getReason()));
        FollowedTopics followed = FollowedTopics.open(streaming, config.group());
        EventWorker prompts = streaming.batchWorker(
                WorkerDefinition.of(
                        PromptValidation.STAGE,
                        Topic.PROMPTS_SUBMITTED,
                        PromptSubmitted.getDefaultInstance(),
                        EncoderWorkers::failureEvents),
                BatchSettings.of(config.group()).withBatch(config.maxBatch(), config.linger()),
                new SubmittedPromptHandler(
                        encoding, cancelled, new TensorOffload(objects, EncoderWorkers::folder, config.inlineLimit())));
        return new EncoderWorkers(adapters, cancellations, followed, prompts);
    }

    /** One a day, so that old ones can be recognized by their names. */
    private static String folder() {
        return "prompt-embeds/" + LocalDate.now(ZoneOffset.UTC);
    }

    /** A job whose prompt is dead-lettered ends with a typed failure, if its id is readable. */
    static List<Outgoing> failureEvents(DeadLetter letter) {
        return letter
                .jobId()
                .filter(JobId::isValid)
                .map(id -> letter.reply(
                        Topic.IMAGES_SAMPLED, id, EncoderEvents.failed(id, request(letter), failure(letter))))
                .stream()
                .toList();
    }

    private static String request(DeadLetter letter) {
        return letter.event(SUBMISSIONS)
                .map(RequestDigest::of)
                .orElseGet(() -> RequestDigest.ofUnreadable(letter.value()));
    }

    private static Failure failure(DeadLetter letter) {
        if (letter.error() instanceof RefusedPromptException refused) {
            return refused.failure();
        }
        if (letter.error() instanceof MalformedEventException malformed
                && malformed.failure().isPresent()) {
            return malformed.failure().get().toBuilder()
                    .setStage(PromptValidation.STAGE)
                    .build();
        }
        return letter.failure(PromptValidation.STAGE);
    }

    @Override
    public boolean isReady() {
        return prompts.isReady();
    }

    @Override
    public boolean isLive() {
        return prompts.isLive() && cancellations.isLive() && adapters.isLive() && followed.isLive();
    }

    /** Finishes the current batch. */
    @Override
    public void close() {
        prompts.close();
        followed.close();
        cancellations.close();
        adapters.close();
    }
}
