package io.surstream.sampler;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.models.ModelFolder;
import io.surstream.models.ModelResolver;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.SamplingLimits;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.intake.SampleIntake;
import io.surstream.sampler.model.UnetLimits;
import io.surstream.sampler.model.WarmUp;
import io.surstream.sampler.sample.SampleStage;
import io.surstream.sampler.store.JobStore;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ModelFetcher;
import io.surstream.storage.StorageConfig;
import io.surstream.torch.DType;
import io.surstream.torch.DTypePolicy;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** Makes the service out of its settings: everything that is loaded once. */
@ApplicationScoped
class SamplerAssembly {
    private static final Logger LOG = Logger.getLogger(SamplerAssembly.class);

    @Produces
    @Singleton
    PictureSampling sampling(SamplerConfig config, StorageConfig storage, JobStore store, MeterRegistry meters) {
        if (config.threads() > 0) {
            TorchRuntime.configure(TorchSettings.threads(config.threads()));
        }
        TorchDevice device = TorchDevice.parse(config.device());
        DType dtype = DTypePolicy.parse(config.dtype(), device);
        ModelFolder folder = folder(config.model(), storage);
        SamplingRules rules = SamplingRules.of(folder, limits(config));
        LatentDenoiser denoiser = LatentDenoiser.load(folder, dtype, device);
        LatentDecoder decoder = LatentDecoder.load(folder, dtype, device);
        LOG.infof("model %s (%s) on %s in %s", folder.name(), folder.revision(), device, dtype);
        UnetLimits unet = UnetLimits.of(folder, rules);
        return new PictureSampling(
                new SampleIntake(unet, store.tensors((long) config.tensorCacheMib() << 20)),
                new SampleStage(denoiser::denoise, decoder::decode, folder.name(), meters),
                new WarmUp(denoiser, decoder, rules, unet.embedWidth()));
    }

    @Produces
    @Singleton
    JobStore jobStore(StorageConfig storage, MeterRegistry meters) {
        return new JobStore(new MinioObjectStore(storage.settings(), meters));
    }

    void close(@Disposes JobStore store) {
        store.close();
    }

    private static ModelFolder folder(String reference, StorageConfig storage) {
        return ModelResolver.standard(Map.of())
                .resolve(ModelFetcher.standard(storage.settings()).local(reference));
    }

    private static SamplingLimits limits(SamplerConfig config) {
        return new SamplingLimits(
                config.maxSteps(),
                config.maxSide(),
                (long) config.maxSide() * config.maxSide(),
                config.maxImages(),
                SamplingLimits.STANDARD.maxGuidanceScale());
    }
}
