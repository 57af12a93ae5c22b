package io.surstream.sampler.kafka;

import io.opentelemetry.api.common.Attributes;
import io.surstream.metrics.StageSpan;
import io.surstream.sampler.publish.ProgressReport;
import io.surstream.sampler.publish.SamplerEvents;
import io.surstream.sampler.sample.Sampled;
import io.surstream.sampler.sample.Sampled.Completed;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobRequestId;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.SampleFailure;
import io.surstream.sampler.validation.SampleJob;
import io.surstream.sampler.validation.SampleOutcome;
import io.surstream.streaming.CancelledJobs;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.ShareHandler;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.SampledImage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka edge: an encoded prompt in, images in the store, the job's one end on images.sampled. An event that comes again
 * finds the end that was settled before and publishes it once more, unchanged. Called by several threads.
 */
final class EncodedPromptHandler implements ShareHandler<PromptEncoded> {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedPromptHandler.class);
    private static final long PUBLISH_PATIENCE_SECONDS = 30;

    private final ImageSampling sampling;
    private final JobStore store;
    private final CancelledJobs cancelled;
    private final Function<Outgoing, CompletionStage<Void>> publish;
    private final Duration progressInterval;

    /** @param publish completes when the cluster has the event */
    EncodedPromptHandler(
            ImageSampling sampling,
            JobStore store,
            CancelledJobs cancelled,
            Function<Outgoing, CompletionStage<Void>> publish,
            Duration progressInterval) {
        this.sampling = sampling;
        this.store = store;
        this.cancelled = cancelled;
        this.publish = publish;
        this.progressInterval = progressInterval;
    }

    @Override
    public void handle(Incoming<PromptEncoded> incoming, AcquisitionLock lock) throws Exception {
        SampleOutcome accepted = sampling.validation().accept(incoming.event());
        if (accepted instanceof SampleFailure refusal) {
            throw new RefusedJobException(refusal.failure());
        }
        SampleJob job = (SampleJob) accepted;
        JobRequestId request = JobRequestId.of(incoming.event());
        ImageSampled end = store.findResult(request).orElse(null);
        if (end == null) {
            end = store.commitResult(request, sample(incoming, job, request, lock));
        }
        publish.apply(incoming.reply(Topic.IMAGES_SAMPLED, job.jobId(), end))
                .toCompletableFuture()
                .get(PUBLISH_PATIENCE_SECONDS, TimeUnit.SECONDS);
        LOG.info("job {}: {}", job.jobId(), end.getOutcomeCase());
    }

    private ImageSampled sample(
            Incoming<PromptEncoded> incoming, SampleJob job, JobRequestId request, AcquisitionLock lock) {
        long receivedAt = System.currentTimeMillis();
        if (cancelled.reason(job.jobId()).isPresent()) {
            return cancelled(incoming.event());
        }
        Sampled sampled = sampling.stage().sample(job, progress(incoming, lock));
        if (!(sampled instanceof Completed completed)) {
            return cancelled(incoming.event());
        }
        lock.ensureHeld();
        long storing = System.nanoTime();
        List<SampledImage> images = StageSpan.STORE.of(
                Attributes.of(StageSpan.IMAGES, (long) completed.images().size()), () -> completed.images().stream()
                        .map(image -> store.keep(request, image))
                        .toList());
        Map<String, Long> parts = new HashMap<>(completed.partMicros());
        parts.put("store", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - storing));
        return SamplerEvents.sampled(
                incoming.event(), images, SamplerEvents.timing(receivedAt, System.currentTimeMillis(), parts));
    }

    private ProgressReport progress(Incoming<PromptEncoded> incoming, AcquisitionLock lock) {
        String jobId = incoming.event().getJobId();
        return new ProgressReport(
                progressInterval,
                System::nanoTime,
                () -> {
                    lock.ensureHeld();
                    return cancelled.reason(jobId).isEmpty();
                },
                (done, total) -> publish.apply(incoming.reply(
                                Topic.IMAGES_PROGRESSED, jobId, SamplerEvents.progressed(jobId, done, total)))
                        .whenComplete((sent, error) -> {
                            if (error != null) {
                                LOG.debug("job {}: progress could not be published: {}", jobId, error.toString());
                            }
                        }));
    }

    private ImageSampled cancelled(PromptEncoded event) {
        return SamplerEvents.cancelled(event, cancelled.reason(event.getJobId()).orElse(""));
    }
}
