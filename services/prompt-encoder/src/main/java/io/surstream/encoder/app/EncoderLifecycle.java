package io.surstream.encoder.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.kafka.EncoderWorkers;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.encoder.validation.PromptValidation;
import io.surstream.models.hub.ModelResolver;
import io.surstream.serviceruntime.lifecycle.ServiceLifecycle;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.v1.PromptSubmitted;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The model is loaded immediately; warm-up and the cluster follow in the background. */
@ApplicationScoped
class EncoderLifecycle implements ServiceLifecycle {
    private final PromptEncoding encoding;
    private final PromotedAdapters adapters;
    private final EncoderConfig config;
    private final ObjectStore objects;

    EncoderLifecycle(
            PromptEncoding encoding,
            PromotedAdapters adapters,
            EncoderConfig config,
            StorageConfig storage,
            MeterRegistry meters) {
        this.encoding = encoding;
        this.adapters = adapters;
        this.config = config;
        this.objects = new MinioObjectStore(storage.settings(), meters);
    }

    @Override
    public String name() {
        return PromptValidation.STAGE;
    }

    @Override
    public Map<String, Path> folders() {
        Map<String, Path> folders = new HashMap<>(ModelResolver.writtenFolders(System.getenv()));
        config.adapterFolder().ifPresent(folder -> folders.put("encoder-adapters", folder));
        return folders;
    }

    @Override
    public EncoderWorkers start(EventStreaming streaming) {
        // The first forward is slow; no job should wait for it.
        encoding.encodeRequest(PromptSubmitted.newBuilder().setPrompt("warm-up").build());
        return EncoderWorkers.start(streaming, encoding, adapters, objects, config);
    }

    @Override
    public void close() {
        objects.close();
    }
}
