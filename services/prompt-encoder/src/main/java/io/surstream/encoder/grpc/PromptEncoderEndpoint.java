package io.surstream.encoder.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.surstream.encoder.PromptEncoding;
import io.surstream.encoder.intake.PromptIntake;
import io.surstream.streaming.WorkScope;
import io.surstream.v1.EncodeResult;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.FailureStatus;
import io.surstream.v1.Failures;
import io.surstream.v1.PromptEncoderGrpc;
import io.surstream.v1.PromptSubmitted;
import org.jboss.logging.Logger;

/** gRPC edge: the same intake and encoding as on the topics; nothing is published. */
@GrpcService
@Blocking
public class PromptEncoderEndpoint extends PromptEncoderGrpc.PromptEncoderImplBase {
    private static final Logger LOG = Logger.getLogger(PromptEncoderEndpoint.class);

    private final PromptEncoding encoding;

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
        return new StreamObserver<>() {
            @Override
            public void onNext(PromptSubmitted request) {
                answers.onNext(result(request));
            }

            @Override
            public void onError(Throwable clientIsGone) {}

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    private EncodeResult result(PromptSubmitted request) {
        WorkScope scope = WorkScope.of(request);
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
                    .setFailure(Failures.internal(PromptIntake.STAGE, e))
                    .build();
        }
    }
}
