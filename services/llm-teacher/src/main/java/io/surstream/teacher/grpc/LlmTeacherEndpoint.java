package io.surstream.teacher.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.surstream.access.RequestStreams;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.models.ModelException;
import io.surstream.models.llama.TeacherRefusedException;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.teacher.embed.EmbedResult;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.validation.EmbedRefusedException;
import io.surstream.teacher.validation.EmbedValidation;
import io.surstream.v1.EmbedRequest;
import io.surstream.v1.EmbedResponse;
import io.surstream.v1.Failure;
import io.surstream.v1.LlmTeacherGrpc;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** gRPC edge: the same teaching as on the topics; nothing is published. */
@GrpcService
@Blocking
public class LlmTeacherEndpoint extends LlmTeacherGrpc.LlmTeacherImplBase {
    private static final Logger LOG = Logger.getLogger(LlmTeacherEndpoint.class);

    private final EmbedValidation validation;
    private final EmbedStage stage;
    private final RequestStreams streams = new RequestStreams(EmbedValidation.STAGE);

    LlmTeacherEndpoint(EmbedValidation validation, EmbedStage stage) {
        this.validation = validation;
        this.stage = stage;
    }

    @Override
    public void embed(EmbedRequest request, StreamObserver<EmbedResponse> answers) {
        EmbedResponse response = response(request);
        if (response.hasFailure()) {
            answers.onError(FailureStatus.of(response.getFailure()));
        } else {
            answers.onNext(response);
            answers.onCompleted();
        }
    }

    @Override
    public StreamObserver<EmbedRequest> embedStream(StreamObserver<EmbedResponse> answers) {
        return streams.open(answers, this::response);
    }

    /** Before the service waits for active requests: a stream would keep them waiting for its caller. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        streams.leave();
    }

    private EmbedResponse response(EmbedRequest request) {
        LogContext scope = LogContext.of(request);
        try (scope) {
            EmbedResponse.Builder response = EmbedResponse.newBuilder();
            int layer = request.hasLayer() ? request.getLayer() : stage.source().layer();
            for (EmbedResult answer : stage.answer(validation.accept(request, layer, stage.pooling()))) {
                if (answer instanceof EmbedResult.Refused refused) {
                    return failed(refused.failure());
                }
                response.addPrompts(((EmbedResult.Embedded) answer).event());
            }
            LOG.debugf("a request for %d prompts is answered", response.getPromptsCount());
            return response.build();
        } catch (EmbedRefusedException e) {
            return failed(e.failure());
        } catch (TeacherRefusedException e) {
            return failed(EmbedValidation.failure(e));
        } catch (ModelException e) {
            return failed(Failure.newBuilder()
                    .setType(FailureType.NOT_READY.name())
                    .setMessage("there is no teacher: " + e.getMessage())
                    .setStage(EmbedValidation.STAGE)
                    .build());
        } catch (RuntimeException e) {
            LOG.error("a request could not be answered", e);
            return failed(Failures.internal(EmbedValidation.STAGE, e));
        }
    }

    private static EmbedResponse failed(Failure failure) {
        LOG.infof("a request is refused as %s", failure.getType());
        return EmbedResponse.newBuilder().setFailure(failure).build();
    }
}
