package io.surstream.encoder;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.encode.Adapters;
import io.surstream.encoder.encode.EncodeStage;
import io.surstream.encoder.intake.PromptIntake;
import io.surstream.encoder.model.ClipTextEncoding;
import io.surstream.encoder.model.ModelSettings;
import io.surstream.encoder.model.SurTextAdapter;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelResolver;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.pipeline.SamplingLimits;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.storage.ModelFetcher;
import io.surstream.storage.StorageConfig;
import io.surstream.torch.DTypePolicy;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;

/** Makes the service out of its settings: everything that is loaded once. */
@ApplicationScoped
class EncoderAssembly {
    private static final Logger LOG = Logger.getLogger(EncoderAssembly.class);

    @Produces
    @Singleton
    PromptEncoding encoding(EncoderConfig config, StorageConfig storage, MeterRegistry meters) {
        if (config.threads() > 0) {
            TorchRuntime.configure(TorchSettings.threads(config.threads()));
        }
        TorchDevice device = TorchDevice.parse(config.device());
        ModelFolder folder = folder(config.model(), storage);
        PromptEmbedder embedder = PromptEmbedder.load(folder, DTypePolicy.parse(config.dtype(), device), device);
        SamplingLimits limits = new SamplingLimits(
                config.maxSteps(),
                config.maxSide(),
                (long) config.maxSide() * config.maxSide(),
                config.maxImages(),
                SamplingLimits.STANDARD.maxGuidanceScale());
        LOG.infof("model %s (%s) on %s", folder.name(), folder.revision(), device);
        return new PromptEncoding(
                new PromptIntake(new ModelSettings(SamplingRules.of(folder, limits)), config.maxPromptLength()),
                new EncodeStage(
                        new ClipTextEncoding(folder.revision(), embedder), config.negativePromptCache(), meters),
                adapters(config, device));
    }

    private static ModelFolder folder(String reference, StorageConfig storage) {
        String local = reference.startsWith("s3://")
                ? ModelFetcher.standard(storage.settings()).fetch(reference).toString()
                : reference;
        return ModelResolver.standard(Map.of()).resolve(local);
    }

    private static Adapters adapters(EncoderConfig config, TorchDevice device) {
        if (config.adapter().isEmpty()) {
            return Adapters.none();
        }
        OptionalDouble weight = config.adapterWeight();
        SurTextAdapter adapter = SurTextAdapter.load(config.adapter().get(), weight, config.adapterOn(), device);
        LOG.infof("adapter %s (%s), weight %s", config.adapter().get(), adapter.revision(), adapter.defaultWeight());
        return Adapters.live(adapter);
    }
}
