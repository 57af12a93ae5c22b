package io.surstream.gateway.rest;

import io.surstream.gateway.rest.JobDocument.Adapter;
import io.surstream.gateway.rest.JobDocument.Image;
import io.surstream.gateway.rest.JobDocument.JobFailure;
import io.surstream.gateway.rest.JobDocument.Links;
import io.surstream.gateway.rest.JobDocument.Progress;
import io.surstream.gateway.rest.JobDocument.Sampling;
import io.surstream.gateway.rest.JobDocument.Timing;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.Failure;
import io.surstream.v1.Job;
import io.surstream.v1.SampledImage;
import io.surstream.v1.SamplingSettings;
import io.surstream.v1.StageTiming;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes the view's {@link Job} as REST shows it. */
final class JobDocuments {

    static final String JOBS = "/v1/jobs";

    private JobDocuments() {}

    static String path(String jobId) {
        return JOBS + "/" + jobId;
    }

    static JobDocument of(Job job) {
        boolean drawn = job.hasImages();
        return new JobDocument(
                job.getJobId(),
                job.getState().name(),
                job.getPrompt(),
                job.getNegativePrompt(),
                job.hasSampling() ? sampling(job.getSampling()) : null,
                job.hasAdapter() ? adapter(job.getAdapter()) : null,
                progress(job),
                images(job),
                drawn ? job.getImages().getAdapterRevision() : null,
                drawn ? Float.valueOf(job.getImages().getAdapterWeight()) : null,
                drawn ? job.getImages().getModelRevision() : null,
                job.hasFailure() ? refusal(job.getFailure()) : null,
                job.getCancelReason(),
                job.getShortened() ? Boolean.TRUE : null,
                instant(job.getSubmittedAtMs()),
                instant(job.getUpdatedAtMs()),
                job.getTimingsList().stream().map(JobDocuments::timing).toList(),
                new Links(path(job.getJobId()), path(job.getJobId()) + "/events"));
    }

    static Progress progress(Job job) {
        return new Progress(job.getStepsDone(), job.getStepsTotal());
    }

    private static Sampling sampling(SamplingSettings settings) {
        return new Sampling(
                settings.hasSeed() ? unsigned(settings.getSeed()) : null,
                settings.hasNumInferenceSteps() ? settings.getNumInferenceSteps() : null,
                settings.hasGuidanceScale() ? settings.getGuidanceScale() : null,
                settings.getScheduler().isEmpty() ? null : settings.getScheduler(),
                settings.hasNumImages() ? settings.getNumImages() : null,
                settings.hasHeight() ? settings.getHeight() : null,
                settings.hasWidth() ? settings.getWidth() : null);
    }

    private static Adapter adapter(AdapterChoice choice) {
        return new Adapter(
                choice.getAdapter().isEmpty() ? null : choice.getAdapter(),
                choice.hasAdapterWeight() ? choice.getAdapterWeight() : null);
    }

    private static List<Image> images(Job job) {
        List<SampledImage> images = job.getImages().getImagesList();
        return IntStream.range(0, images.size())
                .mapToObj(n -> image(job.getJobId(), n, images.get(n)))
                .toList();
    }

    private static Image image(String jobId, int n, SampledImage image) {
        return new Image(
                n,
                path(jobId) + "/images/" + n,
                unsigned(image.getSeed()),
                image.getHeight(),
                image.getWidth(),
                image.getObject().getContentType(),
                image.getObject().getSize(),
                image.getObject().getSha256());
    }

    private static JobFailure refusal(Failure failure) {
        return new JobFailure(
                failure.getType(),
                failure.getField(),
                failure.getValue(),
                failure.getLimit(),
                failure.getMessage(),
                failure.getStage());
    }

    private static Timing timing(StageTiming timing) {
        return new Timing(
                timing.getStage(),
                instant(timing.getReceivedAtMs()),
                instant(timing.getFinishedAtMs()),
                new TreeMap<>(timing.getPartMicrosMap()));
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static Instant instant(long epochMs) {
        return epochMs == 0 ? null : Instant.ofEpochMilli(epochMs);
    }
}
