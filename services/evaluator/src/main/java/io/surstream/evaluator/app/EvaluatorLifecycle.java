package io.surstream.evaluator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
import io.surstream.evaluator.checkpoint.CheckpointValidation;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.kafka.EvaluatorWorkers;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.DiskMeters;
import io.surstream.metrics.ProcessMeters;
import io.surstream.models.hub.ModelResolver;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.serviceruntime.lifecycle.RetryingStartup;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Start: join the cluster in the background. Stop: finish the current evaluation or hand it back. */
@ApplicationScoped
class EvaluatorLifecycle {
    private final CheckpointEvaluation evaluation;
    private final EvaluationStore store;
    private final EvaluatorConfig config;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private RetryingStartup<EvaluatorWorkers> workers;

    EvaluatorLifecycle(
            CheckpointEvaluation evaluation,
            EvaluationStore store,
            EvaluatorConfig config,
            KafkaConfig kafka,
            MeterRegistry meters) {
        this.evaluation = evaluation;
        this.store = store;
        this.config = config;
        this.kafka = kafka;
        this.meters = meters;
    }

    /** Before anything is loaded. */
    static void refuseUnknownSettings(@Observes @Priority(UnknownSettings.PRIORITY) StartupEvent event) {
        UnknownSettings.refuse(ConfigProvider.getConfig());
    }

    void start(
            @Observes StartupEvent event,
            GrpcConfig grpc,
            @ConfigProperty(name = GrpcConfig.AUTHORITIES) Optional<List<Path>> authorities) {
        grpc.check(authorities);
        ProcessMeters.bind(meters);
        DiskMeters.watch(meters, ModelResolver.writtenFolders(System.getenv()));
        config.adapterFolder().ifPresent(folder -> DiskMeters.watch(meters, "evaluator-adapters", folder));
        EventStreaming streaming =
                new EventStreaming(kafka.settings(), kafka.catalogue(), CheckpointValidation.STAGE, meters);
        workers = RetryingStartup.of(CheckpointValidation.STAGE, () -> {
            store.open();
            return EvaluatorWorkers.start(streaming, evaluation, store, config, meters);
        });
    }

    void stop(@Observes ShutdownEvent event) {
        workers.close();
    }

    boolean isReady() {
        return workers != null && workers.started() != null && workers.started().isReady();
    }

    boolean isLive() {
        return workers == null
                || workers.failure() == null
                        && (workers.started() == null || workers.started().isLive());
    }
}
