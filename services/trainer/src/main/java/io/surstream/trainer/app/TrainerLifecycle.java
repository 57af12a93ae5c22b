package io.surstream.trainer.app;

import io.surstream.models.hub.ModelResolver;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.storage.ObjectStore;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.publish.TrainerEvents;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.run.RunRequests;
import io.surstream.trainer.run.RunningTrainer;
import io.surstream.trainer.train.RunOpener;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Joins the cluster; models are loaded when a run needs them. */
@ApplicationScoped
class TrainerLifecycle implements ServiceLifecycle {
    private final TrainerConfig config;
    private final KafkaConfig kafka;
    private final ObjectStore objects;
    private final RunRequests requests;
    private final RunOpener opener;
    private final TrainerMeters own;

    TrainerLifecycle(
            TrainerConfig config,
            KafkaConfig kafka,
            @TrainerStore ObjectStore objects,
            RunRequests requests,
            RunOpener opener,
            TrainerMeters own) {
        this.config = config;
        this.kafka = kafka;
        this.objects = objects;
        this.requests = requests;
        this.opener = opener;
        this.own = own;
    }

    @Override
    public String name() {
        return TrainerEvents.STAGE;
    }

    @Override
    public Map<String, Path> folders() {
        Map<String, Path> folders = new HashMap<>(ModelResolver.writtenFolders(System.getenv()));
        folders.put("work", config.work());
        return folders;
    }

    @Override
    public RunningTrainer start(EventStreaming streaming) {
        String instance = kafka.settings().instance();
        return RunningTrainer.start(streaming, objects, requests, opener, own, config, instance);
    }
}
