package io.surstream.curator.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Blocking;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.curator.Curation;
import io.surstream.curator.app.CuratorLifecycle;
import io.surstream.curator.journal.JournalTakenException;
import io.surstream.curator.publish.ExampleSink;
import io.surstream.curator.report.ImportRefusedException;
import io.surstream.storage.StorageException;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.v1.CurationReport;
import io.surstream.v1.CuratorGrpc;
import io.surstream.v1.Failure;
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
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * gRPC edge. An import runs in its own thread, for as long as a caller listens to it and this process does not stop.
 */
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
        ProgressStream progress = new ProgressStream(client, () -> leaving);
        imports.execute(Context.current()
                .wrap(() ->
                        answer(lifecycle.scope(request), client, () -> imported(request, progress), progress::end)));
    }

    private CurationReport imported(ImportRequest request, ProgressStream progress) throws IOException {
        CurationReport report = curation.run(request, sink(), progress);
        requireStaying();
        LOG.infof("the import into %s has ended", request.getDataset());
        return report;
    }

    /**
     * Before the service waits for active requests: an import stops after the current items, which are noted as
     * published.
     */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
    }

    @Override
    public void report(ReportRequest request, StreamObserver<CurationReport> answers) {
        answer(LogContext.of(request), answers, () -> curation.report(request.getDataset()), report -> {
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
            throw notReady("the curator is stopping, and the same import continues where this one stopped");
        }
    }

    private static ImportRefusedException notReady(String why) {
        return new ImportRefusedException(Failure.newBuilder()
                .setType(FailureType.NOT_READY.name())
                .setMessage(why + "; try again in a moment")
                .setStage(Curation.STAGE)
                .build());
    }

    /** What may go wrong in it is answered and ends nothing else. */
    private interface Work {
        CurationReport run() throws IOException;
    }

    /**
     * The scope ends before its client gets the response: when the call is over, this process may leave, and the span
     * is not to be lost.
     */
    private static void answer(LogContext scope, StreamObserver<?> client, Work work, Consumer<CurationReport> reply) {
        Runnable answer;
        try (scope) {
            answer = done(scope, client, work, reply);
        }
        answer.run();
    }

    private static Runnable done(
            LogContext scope, StreamObserver<?> client, Work work, Consumer<CurationReport> reply) {
        Failure failure;
        try {
            CurationReport report = work.run();
            return () -> reply.accept(report);
        } catch (ImportRefusedException e) {
            LOG.infof("a request is refused as %s", e.failure().getType());
            failure = e.failure();
        } catch (IOException e) {
            failure = failure(new UncheckedIOException(e.getMessage(), e));
        } catch (CompletionException e) {
            failure = failure(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            failure = failure(e);
        }
        scope.failed(failure.getType());
        return () -> client.onError(FailureStatus.of(failure));
    }

    private static Failure failure(RuntimeException error) {
        if (error instanceof StorageException || error instanceof JournalTakenException) {
            return Failure.newBuilder()
                    .setType((error instanceof StorageException ? FailureType.NOT_READY : FailureType.BUSY).name())
                    .setMessage(error.getMessage() + "; import again to continue where this one stopped")
                    .setStage(Curation.STAGE)
                    .build();
        }
        LOG.error("an import or a report failed", error);
        return Failures.internal(Curation.STAGE, error);
    }

    @PreDestroy
    void close() {
        imports.shutdownNow();
    }
}
