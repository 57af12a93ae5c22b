package io.surstream.evaluator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.evaluator.checkpoint.CheckpointValidation;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.kafka.EvaluatorWorkers;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.models.hub.ModelResolver;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.streaming.EventStreaming;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Joins the cluster. */
@ApplicationScoped
class EvaluatorLifecycle implements ServiceLifecycle {
    private final CheckpointEvaluation evaluation;
    private final EvaluationStore store;
    private final EvaluatorConfig config;
    private final MeterRegistry meters;

    EvaluatorLifecycle(
            CheckpointEvaluation evaluation, EvaluationStore store, EvaluatorConfig config, MeterRegistry meters) {
        this.evaluation = evaluation;
        this.store = store;
        this.config = config;
        this.meters = meters;
    }

    @Override
    public String name() {
        return CheckpointValidation.STAGE;
    }

    @Override
    public Map<String, Path> folders() {
        Map<String, Path> folders = new HashMap<>(ModelResolver.writtenFolders(System.getenv()));
        config.adapterFolder().ifPresent(folder -> folders.put("evaluator-adapters", folder));
        return folders;
    }

    @Override
    public EvaluatorWorkers start(EventStreaming streaming) {
        store.open();
        return EvaluatorWorkers.start(streaming, evaluation, store, config, meters);
    }
}
