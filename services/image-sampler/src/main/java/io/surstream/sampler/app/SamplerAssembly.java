package io.surstream.sampler.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ModelFolder;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.modelstore.models.NetworkSettings;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.model.UnetLimits;
import io.surstream.sampler.model.WarmUp;
import io.surstream.sampler.sample.SampleStage;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.ModelLimits;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Makes the service out of its settings: everything that is loaded once. */
@ApplicationScoped
public class SamplerAssembly {
    private static final Logger LOG = Logger.getLogger(SamplerAssembly.class);

    private record Loaded(
            ModelFolder folder,
            SamplingRules rules,
            ModelLimits limits,
            LatentDenoiser denoiser,
            LatentDecoder decoder) {}

    @Produces
    @Singleton
    public ImageSampling sampling(SamplerConfig config, StorageConfig storage, JobStore store, MeterRegistry meters) {
        NetworkSettings.threads(config.threads());
        NetworkSettings settings = new NetworkSettings("surstream.sampler", storage.settings());
        TorchDevice device = settings.device(config.device());
        DType dtype = settings.dtype(config.dtype(), device);
        Loaded model = settings.model(
                config.model(),
                NetworkSettings.STABLE_DIFFUSION,
                reference -> load(settings.folder(reference), config.limits(), dtype, device));
        return new ImageSampling(
                new SampleValidation(model.limits(), store.tensors((long) config.tensorCacheMib() << 20, meters)),
                new SampleStage(
                        model.denoiser()::denoise,
                        model.decoder()::decode,
                        model.folder().name(),
                        meters),
                new WarmUp(model.denoiser(), model.decoder(), model.rules(), model.limits()));
    }

    private static Loaded load(ModelFolder folder, PromptLimits limits, DType dtype, TorchDevice device) {
        SamplingRules rules = SamplingRules.of(folder, limits);
        LatentDenoiser denoiser = LatentDenoiser.load(folder, dtype, device);
        LatentDecoder decoder = LatentDecoder.load(folder, dtype, device);
        LOG.infof("model %s (%s) on %s in %s", folder.name(), folder.revision(), device, dtype);
        return new Loaded(folder, rules, UnetLimits.of(folder, limits, rules), denoiser, decoder);
    }

    @Produces
    @Singleton
    JobStore jobStore(StorageConfig storage, MeterRegistry meters) {
        return new JobStore(new MinioObjectStore(storage.settings(), meters));
    }

    public void close(@Disposes JobStore store) {
        store.close();
    }
}
