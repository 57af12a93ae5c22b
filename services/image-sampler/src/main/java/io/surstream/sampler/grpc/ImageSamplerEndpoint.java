package io.surstream.sampler.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.publish.ProgressReport;
import io.surstream.sampler.publish.SamplerEvents;
import io.surstream.sampler.sample.Sampled;
import io.surstream.sampler.sample.Sampled.GeneratedImage;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.validation.SampleFailure;
import io.surstream.sampler.validation.SampleJob;
import io.surstream.sampler.validation.SampleOutcome;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSamplerGrpc;
import io.surstream.v1.SampleRequest;
import io.surstream.v1.SampleUpdate;
import io.surstream.v1.SampledBytes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** gRPC edge: the same validation and sampling as on the topics; nothing is stored or published. */
@GrpcService
@Blocking
public class ImageSamplerEndpoint extends ImageSamplerGrpc.ImageSamplerImplBase {
    private static final Logger LOG = Logger.getLogger(ImageSamplerEndpoint.class);

    private final ImageSampling sampling;
    private final int maxRequests;
    private final Duration progressInterval;
    private final Semaphore free;

    @Inject
    ImageSamplerEndpoint(ImageSampling sampling, SamplerConfig config) {
        this(sampling, config.maxRequests(), config.progressInterval());
    }

    ImageSamplerEndpoint(ImageSampling sampling, int maxRequests, Duration progressInterval) {
        this.sampling = sampling;
        this.maxRequests = maxRequests;
        this.progressInterval = progressInterval;
        this.free = new Semaphore(maxRequests);
    }

    @Override
    public void sample(SampleRequest request, StreamObserver<SampleUpdate> answers) {
        if (!free.tryAcquire()) {
            answers.onError(FailureStatus.of(busy()));
            return;
        }
        LogContext scope = LogContext.of(request);
        try (scope) {
            SampleOutcome accepted = sampling.validation().accept(request);
            if (accepted instanceof SampleJob job) {
                answer(job, (ServerCallStreamObserver<SampleUpdate>) answers);
            } else {
                Failure failure = ((SampleFailure) accepted).failure();
                LOG.infof("a request is refused as %s", failure.getType());
                answers.onError(FailureStatus.of(failure));
            }
        } catch (IllegalArgumentException e) {
            answers.onError(FailureStatus.of(SampleValidation.invalid("", e)));
        } catch (RuntimeException e) {
            LOG.error("a request could not be sampled", e);
            answers.onError(FailureStatus.of(Failures.internal(SampleValidation.STAGE, e)));
        } finally {
            free.release();
        }
    }

    private void answer(SampleJob job, ServerCallStreamObserver<SampleUpdate> answers) {
        ProgressReport progress = new ProgressReport(
                progressInterval,
                System::nanoTime,
                () -> !answers.isCancelled(),
                (done, total) -> answers.onNext(SampleUpdate.newBuilder()
                        .setProgressed(SamplerEvents.progressed("", done, total))
                        .build()));
        Sampled sampled = sampling.stage().sample(job, progress);
        if (sampled instanceof Sampled.Completed completed) {
            completed.images().forEach(image -> answers.onNext(update(image)));
            // before the call ends: with it ends the trace that the line names
            LOG.debugf("a request is answered, images: %d", completed.images().size());
            answers.onCompleted();
        }
    }

    private static SampleUpdate update(GeneratedImage image) {
        return SampleUpdate.newBuilder()
                .setImage(SampledBytes.newBuilder()
                        .setIndex(image.index())
                        .setSeed(image.seed())
                        .setPng(UnsafeByteOperations.unsafeWrap(image.png())))
                .build();
    }

    private Failure busy() {
        return Failure.newBuilder()
                .setType(FailureType.BUSY.name())
                .setLimit(maxRequests + " requests at a time")
                .setMessage("this sampler works on " + maxRequests
                        + " requests already; try again later, ask another one, or use the topic, which queues")
                .setStage(SampleValidation.STAGE)
                .build();
    }
}
