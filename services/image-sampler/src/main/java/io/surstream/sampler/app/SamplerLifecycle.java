package io.surstream.sampler.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.DiskMeters;
import io.surstream.metrics.ProcessMeters;
import io.surstream.models.hub.ModelResolver;
import io.surstream.sampler.config.SamplerConfig;
import io.surstream.sampler.kafka.SamplerWorkers;
import io.surstream.sampler.stages.ImageSampling;
import io.surstream.sampler.store.JobStore;
import io.surstream.sampler.validation.SampleValidation;
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

/**
 * Start: load, then warm up and join the cluster in the background. Stop: finish the current jobs or hand them back.
 */
@ApplicationScoped
class SamplerLifecycle {
    private final ImageSampling sampling;
    private final JobStore store;
    private final SamplerConfig config;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private RetryingStartup<SamplerWorkers> workers;

    SamplerLifecycle(
            ImageSampling sampling, JobStore store, SamplerConfig config, KafkaConfig kafka, MeterRegistry meters) {
        this.sampling = sampling;
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
        EventStreaming streaming =
                new EventStreaming(kafka.settings(), kafka.catalogue(), SampleValidation.STAGE, meters);
        workers = RetryingStartup.of(SampleValidation.STAGE, () -> {
            // The first forward is slow; no job should wait for it.
            sampling.warmUp().run();
            store.open();
            return SamplerWorkers.start(streaming, sampling, store, config);
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
