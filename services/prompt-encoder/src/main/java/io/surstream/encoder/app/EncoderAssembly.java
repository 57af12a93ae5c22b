package io.surstream.encoder.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.contract.prompt.PromptRules;
import io.surstream.encoder.adapter.CanaryShare;
import io.surstream.encoder.adapters.AdapterFetch.Loaded;
import io.surstream.encoder.adapters.AdapterRegistry;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.adapters.StoredAdapters;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.model.ClipTextEncoding;
import io.surstream.encoder.model.SurTextAdapter;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.keys.WrongSettings;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.modelstore.models.ContentFolder;
import io.surstream.modelstore.models.NetworkSettings;
import io.surstream.storage.StorageConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.TorchException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the service out of its settings: everything that is loaded once. */
@ApplicationScoped
public class EncoderAssembly {
    private static final Logger LOG = Logger.getLogger(EncoderAssembly.class);

    /** What both of the service's parts are made of. */
    public record BaseModel(ModelFolder folder, PromptEmbedder embedder, SamplingRules rules, TorchDevice device) {}

    @Produces
    @Singleton
    public BaseModel model(EncoderConfig config, StorageConfig storage) {
        NetworkSettings.threads(config.threads());
        NetworkSettings settings = new NetworkSettings("surstream.encoder", storage.settings());
        TorchDevice device = settings.device(config.device());
        DType dtype = settings.dtype(config.dtype(), device);
        return settings.model(
                config.model(),
                NetworkSettings.STABLE_DIFFUSION,
                reference -> load(settings.folder(reference), config.limits(), dtype, device));
    }

    private static BaseModel load(ModelFolder folder, PromptLimits limits, DType dtype, TorchDevice device) {
        SamplingRules rules = SamplingRules.of(folder, limits);
        PromptEmbedder embedder = PromptEmbedder.load(folder, dtype, device);
        LOG.infof("model %s (%s) on %s", folder.name(), folder.revision(), device);
        return new BaseModel(folder, embedder, rules, device);
    }

    @Produces
    @Singleton
    public AdapterRegistry registry(
            BaseModel model, EncoderConfig config, StorageConfig storage, MeterRegistry meters) {
        StoredAdapters stored = new StoredAdapters(
                config.adapterFolder()
                        .map(folder -> new ContentFolder(folder, storage.settings()))
                        .orElseGet(() -> ContentFolder.standard("adapters", storage.settings())),
                model.folder().revision(),
                model.embedder().width(),
                config.adapterScope(),
                model.device());
        AdapterRegistry registry =
                new AdapterRegistry(stored, config.adapterCache(), new CanaryShare(config.canaryShare()), meters);
        initialAdapter(config, model.folder()).ifPresent(file -> {
            SurTextAdapter adapter = WrongSettings.applying(
                    "surstream.encoder.adapter",
                    "an adapter that fits " + model.folder().name(),
                    file,
                    path -> SurTextAdapter.load(path, config.adapterWeight(), config.adapterScope(), model.device()),
                    ModelException.class,
                    TorchException.class);
            LOG.infof("adapter %s (%s), weight %s", file, adapter.revision(), adapter.defaultWeight());
            registry.own(new Loaded(adapter, adapter::close));
        });
        return registry;
    }

    /** The one that is set, or else the one that comes with the model. */
    private static Optional<Path> initialAdapter(EncoderConfig config, ModelFolder folder) {
        return config.adapter().or(folder::adapter);
    }

    @Produces
    @Singleton
    public PromotedAdapters promoted(AdapterRegistry registry, MeterRegistry meters) {
        return new PromotedAdapters(registry, meters);
    }

    void close(@Disposes PromotedAdapters promoted) {
        promoted.close();
    }

    @Produces
    @Singleton
    public PromptEncoding encoding(
            BaseModel model, AdapterRegistry registry, EncoderConfig config, MeterRegistry meters) {
        return new PromptEncoding(
                new PromptValidation(new PromptRules(config.limits(), model.rules())),
                new EncodeStage(
                        new ClipTextEncoding(model.folder().revision(), model.embedder()),
                        config.negativePromptCache(),
                        meters),
                registry);
    }
}
