package io.surstream.curator.grpc;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.surstream.curator.Curation;
import io.surstream.curator.CuratorLifecycle;
import io.surstream.curator.journal.JournalTakenException;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.report.RefusedException;
import io.surstream.storage.StorageException;
import io.surstream.streaming.WorkScope;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.Failure;
import io.surstream.v1.FailureStatus;
import io.surstream.v1.Failures;
import io.surstream.v1.ImportProgressed;
import io.surstream.v1.ImportRequest;
import io.surstream.v1.ReportRequest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** gRPC edge. An import runs in a thread of its own, for as long as somebody listens to it and this process does not leave. */
@GrpcService
@Blocking
public class CuratorEndpoint extends CuratorGrpc.CuratorImplBase {
    private static final Logger LOG = Logger.getLogger(CuratorEndpoint.class);

    private final Curation curation;
    private final CuratorLifecycle lifecycle;
    private volatile boolean leaving;
    private final ExecutorService imports = Executors.newCachedThreadPool(task -> new Thread(task, "curator-import"));

    CuratorEndpoint(Curation curation, CuratorLifecycle lifecycle) {
        this.curation = curation;
        this.lifecycle = lifecycle;
    }

    @Override
    public void import_(ImportRequest request, StreamObserver<ImportProgressed> answers) {
        ServerCallStreamObserver<ImportProgressed> client = (ServerCallStreamObserver<ImportProgressed>) answers;
        // Without a handler the call would throw at the next answer once its client is gone.
        client.setOnCancelHandler(() -> LOG.infof("the import into %s is left by its client", request.getDataset()));
        imports.execute(Context.current()
                .wrap(() -> answer(request, client, () -> {
                    ProgressStream progress = new ProgressStream(client, () -> leaving);
                    CurationReport report = curation.run(request, sink(), progress);
                    requireStaying();
                    progress.end(report);
                    LOG.infof("the import into %s has ended", request.getDataset());
                })));
    }

    /** Before requests in hand are waited for: an import stops after the items in hand, which are noted as published. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
    }

    @Override
    public void report(ReportRequest request, StreamObserver<CurationReport> answers) {
        answer(request, answers, () -> {
            CurationReport report = curation.report(request.getDataset());
            answers.onNext(report);
            answers.onCompleted();
        });
    }

    private ExampleSink sink() {
        requireStaying();
        return lifecycle.sink().orElseThrow(() -> notReady("the curator waits for Kafka and the object store"));
    }

    private void requireStaying() {
        if (leaving) {
            throw notReady("the curator is stopping, and the same import goes on where this stopped");
        }
    }

    private static RefusedException notReady(String why) {
        return new RefusedException(Failure.newBuilder()
                .setType("NOT_READY")
                .setMessage(why + "; try again in a moment")
                .setStage(Curation.STAGE)
                .build());
    }

    /** What may go wrong in it is answered and ends nothing else. */
    private interface Work {
        void run() throws IOException;
    }

    private static void answer(Message request, StreamObserver<?> answers, Work work) {
        WorkScope scope = WorkScope.of(request);
        try (scope) {
            work.run();
        } catch (RefusedException e) {
            LOG.infof("a request is refused as %s", e.failure().getType());
            answers.onError(FailureStatus.of(e.failure()));
        } catch (IOException e) {
            answers.onError(failed(new UncheckedIOException(e.getMessage(), e)));
        } catch (CompletionException e) {
            answers.onError(failed(e.getCause() instanceof RuntimeException cause ? cause : e));
        } catch (RuntimeException e) {
            answers.onError(failed(e));
        }
    }

    private static StatusRuntimeException failed(RuntimeException error) {
        if (error instanceof StorageException || error instanceof JournalTakenException) {
            return FailureStatus.of(Failure.newBuilder()
                    .setType(error instanceof StorageException ? "NOT_READY" : "BUSY")
                    .setMessage(error.getMessage() + "; import again to go on where this stopped")
                    .setStage(Curation.STAGE)
                    .build());
        }
        LOG.error("an import or a report failed", error);
        return FailureStatus.of(Failures.internal(Curation.STAGE, error));
    }

    @PreDestroy
    void close() {
        imports.shutdownNow();
    }
}
