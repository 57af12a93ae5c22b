package io.surstream.teacher.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.access.GrpcConfig;
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
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.kafka.TeacherWorkers;
import io.surstream.teacher.validation.EmbedValidation;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Start: join the cluster in the background. Stop: finish the current batch, then release the model. */
@ApplicationScoped
class TeacherLifecycle {
    private final EmbedStage stage;
    private final TeacherMeters teaching;
    private final TeacherConfig config;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private final ObjectStore objects;
    private RetryingStartup<TeacherWorkers> workers;

    TeacherLifecycle(
            EmbedStage stage,
            TeacherMeters teaching,
            TeacherConfig config,
            KafkaConfig kafka,
            StorageConfig storage,
            MeterRegistry meters) {
        this.stage = stage;
        this.teaching = teaching;
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
        EventStreaming streaming =
                new EventStreaming(kafka.settings(), kafka.catalogue(), EmbedValidation.STAGE, meters);
        workers = RetryingStartup.of(
                EmbedValidation.STAGE, () -> TeacherWorkers.start(streaming, stage, objects, teaching, config));
    }

    void stop(@Observes ShutdownEvent event) {
        workers.close();
        objects.close();
        stage.source().close();
    }

    /** Why no example is taught, where that is so. */
    Optional<String> idleReason() {
        return workers == null || workers.started() == null
                ? Optional.empty()
                : workers.started().idleReason();
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
