package io.surstream.encoder.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.surstream.access.RequestStreams;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.Failures;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** gRPC edge: the same validation and encoding as on the topics; nothing is published. */
@GrpcService
@Blocking
public class PromptEncoderEndpoint extends PromptEncoderGrpc.PromptEncoderImplBase {
    private static final Logger LOG = Logger.getLogger(PromptEncoderEndpoint.class);

    private final PromptEncoding encoding;
    private final RequestStreams streams = new RequestStreams(PromptValidation.STAGE);

    PromptEncoderEndpoint(PromptEncoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public void encode(PromptSubmitted request, StreamObserver<EncodedPrompt> answers) {
        EncodeResult result = result(request);
        if (result.hasFailure()) {
            answers.onError(FailureStatus.of(result.getFailure()));
        } else {
            answers.onNext(result.getEncoded());
            answers.onCompleted();
        }
    }

    @Override
    public StreamObserver<PromptSubmitted> encodeStream(StreamObserver<EncodeResult> answers) {
        return streams.open(answers, this::result);
    }

    /** Before the service waits for active requests: a stream would keep them waiting for its caller. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        streams.leave();
    }

    private EncodeResult result(PromptSubmitted request) {
        LogContext scope = LogContext.of(request);
        try (scope) {
            EncodeResult result = encoding.encodeRequest(request);
            if (result.hasFailure()) {
                LOG.infof("a request is refused as %s", result.getFailure().getType());
            } else {
                LOG.debug("a request is encoded");
            }
            return result;
        } catch (RuntimeException e) {
            LOG.error("a request could not be encoded", e);
            return EncodeResult.newBuilder()
                    .setJobId(request.getJobId())
                    .setFailure(Failures.internal(PromptValidation.STAGE, e))
                    .build();
        }
    }
}
