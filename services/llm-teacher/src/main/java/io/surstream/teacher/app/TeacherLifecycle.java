package io.surstream.teacher.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.models.hub.ModelResolver;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.kafka.TeacherWorkers;
import io.surstream.teacher.validation.EmbedValidation;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Map;

/** Joins the cluster, and releases the model at the end. */
@ApplicationScoped
class TeacherLifecycle implements ServiceLifecycle {
    private final EmbedStage stage;
    private final TeacherMeters teaching;
    private final TeacherConfig config;
    private final ObjectStore objects;

    TeacherLifecycle(
            EmbedStage stage,
            TeacherMeters teaching,
            TeacherConfig config,
            StorageConfig storage,
            MeterRegistry meters) {
        this.stage = stage;
        this.teaching = teaching;
        this.config = config;
        this.objects = new MinioObjectStore(storage.settings(), meters);
    }

    @Override
    public String name() {
        return EmbedValidation.STAGE;
    }

    @Override
    public Map<String, Path> folders() {
        return ModelResolver.writtenFolders(System.getenv());
    }

    @Override
    public TeacherWorkers start(EventStreaming streaming) {
        return TeacherWorkers.start(streaming, stage, objects, teaching, config);
    }

    @Override
    public void close() {
        objects.close();
        stage.source().close();
    }
}
