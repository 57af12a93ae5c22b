package io.surstream.sampler.kafka;

import io.surstream.contract.JobId;
import io.surstream.contract.RequestDigest;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.publish.SamplerEvents;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobRequestId;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.serviceruntime.lifecycle.ServiceWorkers;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this service runs on the cluster: the share worker, its publisher, and the ear for cancellations. */
public final class SamplerWorkers implements ServiceWorkers {
    /** Topics that image-sampler reads, writes or watches. */
    public static final Set<Topic> TOPICS = Set.of(
            Topic.PROMPTS_ENCODED,
            Topic.PROMPTS_CANCELLED,
            Topic.IMAGES_PROGRESSED,
            Topic.IMAGES_SAMPLED,
            Topic.DEAD_LETTERS);

    /** A job may wait this long and still be found cancelled by a worker that starts late. */
    private static final Duration LONGEST_QUEUE = Duration.ofDays(1);

    private static final EventCodec<PromptEncoded> ENCODED =
            EventCodec.of(Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance());

    private final EventPublisher publisher;
    private final EventWorker cancellations;
    private final EventWorker prompts;

    private SamplerWorkers(EventPublisher publisher, EventWorker cancellations, EventWorker prompts) {
        this.publisher = publisher;
        this.cancellations = cancellations;
        this.prompts = prompts;
    }

    /** Creates missing topics and starts all of them. */
    public static SamplerWorkers start(
            EventStreaming streaming, ImageSampling sampling, JobStore store, SamplerConfig config) {
        streaming.ensureTopics(TOPICS);
        CancelledJobs cancelled = new CancelledJobs(config.cancelledJobs());
        EventPublisher publisher = streaming.publisher();
        EventWorker cancellations = streaming.follow(
                "image-sampler-cancellations",
                Topic.PROMPTS_CANCELLED,
                PromptCancelled.getDefaultInstance(),
                LONGEST_QUEUE,
                event -> cancelled.add(event.event().getJobId(), event.event().getReason()));
        ShareSettings settings = ShareSettings.of(config.group()).withThreads(config.concurrency());
        EventWorker prompts = streaming.shareWorker(
                WorkerDefinition.of(
                        SampleValidation.STAGE,
                        Topic.PROMPTS_ENCODED,
                        PromptEncoded.getDefaultInstance(),
                        letter -> failureEvents(letter, store)),
                settings.withTimes(settings.silence(), config.maxJobDuration(), config.drain()),
                publisher,
                new EncodedPromptHandler(sampling, store, cancelled, publisher::publish, config.progressInterval()));
        return new SamplerWorkers(publisher, cancellations, prompts);
    }

    /** A job whose record is dead-lettered ends with a typed failure, unless its request has ended before. */
    static List<Outgoing> failureEvents(DeadLetter letter, JobStore store) {
        return letter
                .jobId()
                .filter(JobId::isValid)
                .map(id -> failed(id, letter, store))
                .map(end -> letter.reply(Topic.IMAGES_SAMPLED, end.getJobId(), end))
                .stream()
                .toList();
    }

    private static ImageSampled failed(String jobId, DeadLetter letter, JobStore store) {
        Optional<PromptEncoded> event = letter.event(ENCODED);
        String request =
                event.map(PromptEncoded::getRequestSha256).orElseGet(() -> RequestDigest.ofUnreadable(letter.value()));
        ImageSampled failed = SamplerEvents.failed(jobId, request, failure(letter));
        return event.filter(PromptEncoded::hasEncoded)
                .map(encoded -> store.commitResult(JobRequestId.of(encoded), failed))
                .orElse(failed);
    }

    private static Failure failure(DeadLetter letter) {
        if (letter.error() instanceof RefusedJobException refused) {
            return refused.failure();
        }
        return letter.failure(SampleValidation.STAGE);
    }

    @Override
    public boolean isReady() {
        return prompts.isReady();
    }

    @Override
    public boolean isLive() {
        return prompts.isLive() && cancellations.isLive();
    }

    /** Finishes the current jobs, or hands them back. */
    @Override
    public void close() {
        prompts.close();
        cancellations.close();
        publisher.close();
    }
}
