package io.surstream.evaluator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.evaluation.measure.PlaygroundScorer;
import io.surstream.evaluation.measure.SemanticScorer;
import io.surstream.evaluation.paint.PaintingModel;
import io.surstream.evaluation.statistics.PairedBootstrap;
import io.surstream.evaluation.verdict.Tolerances;
import io.surstream.evaluator.checkpoint.CheckpointFetch;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.evaluate.Candidate;
import io.surstream.evaluator.evaluate.EvaluationStage;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelRevision;
import io.surstream.modelstore.models.ContentFolder;
import io.surstream.modelstore.models.NetworkSettings;
import io.surstream.serviceruntime.plugin.Plugins;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.v1.SamplingSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Makes the service out of its settings. The networks are loaded when there is something to evaluate. */
@ApplicationScoped
public class EvaluatorAssembly {

    @Produces
    @Singleton
    public CheckpointEvaluation evaluation(EvaluatorConfig config, StorageConfig storage, MeterRegistry meters) {
        NetworkSettings.threads(config.threads());
        NetworkSettings settings = new NetworkSettings("surstream.evaluator", storage.settings());
        TorchDevice device = settings.device(config.device());
        DType dtype = settings.dtype(config.dtype(), device);
        ModelFolder folder = settings.model(config.model(), NetworkSettings.STABLE_DIFFUSION, settings::folder);
        ContentFolder files = config.adapterFolder()
                .map(path -> new ContentFolder(path, storage.settings()))
                .orElseGet(() -> ContentFolder.standard("adapters", storage.settings()));
        EvaluationStage<?> stage = stage(scorer(config), config, folder, dtype, device, meters);
        return new CheckpointEvaluation(folder, bundled(folder), new CheckpointFetch(files), stage);
    }

    private static SemanticScorer<?> scorer(EvaluatorConfig config) {
        return Plugins.require(
                "surstream.evaluator.scorer",
                config.scorer(),
                SemanticScorer.class,
                List.<SemanticScorer<?>>of(new PlaygroundScorer(config.wording())),
                SemanticScorer::name);
    }

    private static <E> EvaluationStage<E> stage(
            SemanticScorer<E> scorer,
            EvaluatorConfig config,
            ModelFolder folder,
            DType dtype,
            TorchDevice device,
            MeterRegistry meters) {
        SamplingSettings.Builder request = SamplingSettings.newBuilder();
        config.steps().ifPresent(request::setNumInferenceSteps);
        return new EvaluationStage<>(
                () -> PaintingModel.load(folder, dtype, device),
                scorer,
                scorer.tasks(config.prompts(), config.seed()),
                scorer.controls(config.controlPrompts(), config.seed()),
                new EvaluationStage.Settings(
                        request.build(),
                        config.batch(),
                        config.sheetPairs(),
                        config.adaptNegative(),
                        new PairedBootstrap(config.resamples(), config.seed()),
                        new Tolerances(config.maxCategoryDrop(), config.maxFrechetRise(), config.maxSharpnessDrop()),
                        device),
                meters);
    }

    /** Named as encoders name it. */
    private static Optional<Candidate> bundled(ModelFolder folder) {
        return folder.adapter().map(file -> new Candidate(ModelRevision.ofAdapter(file), file, 0));
    }

    @Produces
    @Singleton
    EvaluationStore store(StorageConfig storage, MeterRegistry meters) {
        return new EvaluationStore(new MinioObjectStore(storage.settings(), meters));
    }

    public void close(@Disposes EvaluationStore store) {
        store.close();
    }
}
