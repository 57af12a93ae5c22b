package io.surstream.sampler.app;

import io.surstream.models.hub.ModelResolver;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.kafka.SamplerWorkers;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.SampleValidation;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.streaming.EventStreaming;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;

/** The model is loaded immediately; warm-up and the cluster follow in the background. */
@ApplicationScoped
class SamplerLifecycle implements ServiceLifecycle {
    private final ImageSampling sampling;
    private final JobStore store;
    private final SamplerConfig config;

    SamplerLifecycle(ImageSampling sampling, JobStore store, SamplerConfig config) {
        this.sampling = sampling;
        this.store = store;
        this.config = config;
    }

    @Override
    public String name() {
        return SampleValidation.STAGE;
    }

    @Override
    public Map<String, Path> folders() {
        return ModelResolver.writtenFolders(System.getenv());
    }

    @Override
    public SamplerWorkers start(EventStreaming streaming) {
        // The first forward is slow; no job should wait for it.
        sampling.warmUp().run();
        store.open();
        return SamplerWorkers.start(streaming, sampling, store, config);
    }
}
