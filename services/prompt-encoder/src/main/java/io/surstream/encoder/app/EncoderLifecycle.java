package io.surstream.encoder.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.kafka.EncoderWorkers;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.DiskMeters;
import io.surstream.metrics.ProcessMeters;
import io.surstream.models.hub.ModelResolver;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.serviceruntime.lifecycle.RetryingStartup;
import io.surstream.v1.PromptSubmitted;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Start: load, then warm up and join the cluster in the background. Stop: finish the current batch. */
@ApplicationScoped
class EncoderLifecycle {
    private final PromptEncoding encoding;
    private final PromotedAdapters adapters;
    private final EncoderConfig config;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private final ObjectStore objects;
    private RetryingStartup<EncoderWorkers> workers;

    EncoderLifecycle(
            PromptEncoding encoding,
            PromotedAdapters adapters,
            EncoderConfig config,
            KafkaConfig kafka,
            StorageConfig storage,
            MeterRegistry meters) {
        this.encoding = encoding;
        this.adapters = adapters;
        this.config = config;
        this.kafka = kafka;
        this.meters = meters;
        this.objects = new MinioObjectStore(storage.settings(), meters);
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
        config.adapterFolder().ifPresent(folder -> DiskMeters.watch(meters, "encoder-adapters", folder));
        EventStreaming streaming =
                new EventStreaming(kafka.settings(), kafka.catalogue(), PromptValidation.STAGE, meters);
        workers = RetryingStartup.of(PromptValidation.STAGE, () -> {
            // The first forward is slow; no job should wait for it.
            encoding.encodeRequest(
                    PromptSubmitted.newBuilder().setPrompt("warm-up").build());
            return EncoderWorkers.start(streaming, encoding, adapters, objects, config);
        });
    }

    void stop(@Observes ShutdownEvent event) {
        workers.close();
        objects.close();
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
