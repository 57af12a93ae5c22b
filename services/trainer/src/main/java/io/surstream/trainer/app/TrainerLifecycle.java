package io.surstream.trainer.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.DiskMeters;
import io.surstream.metrics.ProcessMeters;
import io.surstream.models.hub.ModelResolver;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.serviceruntime.lifecycle.RetryingStartup;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.run.RunRequests;
import io.surstream.trainer.run.RunningTrainer;
import io.surstream.trainer.train.RunOpener;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Start: join the cluster in the background; models are loaded when a run needs them. Stop: keep the active run, hand
 * it back.
 */
@ApplicationScoped
class TrainerLifecycle {
    private final TrainerConfig config;
    private final KafkaConfig kafka;
    private final ObjectStore objects;
    private final RunRequests requests;
    private final RunOpener opener;
    private final MeterRegistry meters;
    private final TrainerMeters own;
    private RetryingStartup<RunningTrainer> trainer;

    TrainerLifecycle(
            TrainerConfig config,
            KafkaConfig kafka,
            @TrainerStore ObjectStore objects,
            RunRequests requests,
            RunOpener opener,
            MeterRegistry meters,
            TrainerMeters own) {
        this.config = config;
        this.kafka = kafka;
        this.objects = objects;
        this.requests = requests;
        this.opener = opener;
        this.meters = meters;
        this.own = own;
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
        DiskMeters.watch(meters, "work", config.work());
        EventStreaming streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), TrainerEvents.STAGE, meters);
        String instance = kafka.settings().instance();
        trainer = RetryingStartup.of(
                TrainerEvents.STAGE,
                () -> RunningTrainer.start(streaming, objects, requests, opener, own, config, instance));
    }

    void stop(@Observes ShutdownEvent event) {
        trainer.close();
    }

    boolean isReady() {
        return trainer != null && trainer.started() != null && trainer.started().isReady();
    }

    boolean isLive() {
        return trainer == null
                || trainer.failure() == null
                        && (trainer.started() == null || trainer.started().isLive());
    }
}
