package io.surstream.curator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.curator.Curation;
import io.surstream.curator.Stages;
import io.surstream.curator.config.CuratorConfig;
import io.surstream.curator.fetch.DownloadSettings;
import io.surstream.curator.fetch.Downloads;
import io.surstream.curator.inspect.ImageInspector;
import io.surstream.curator.inspect.ImageLimits;
import io.surstream.curator.publish.ImageStore;
import io.surstream.curator.select.PromptStage;
import io.surstream.curator.select.SafetyStage;
import io.surstream.curator.source.Sources;
import io.surstream.curator.text.CaptionStage;
import io.surstream.curator.text.Captioner;
import io.surstream.curator.text.PlaygroundCaptioner;
import io.surstream.curator.text.PlaygroundSimilarity;
import io.surstream.curator.text.Scorer;
import io.surstream.curator.text.SimilarityStage;
import io.surstream.serviceruntime.plugin.Plugins;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes the service out of its settings. */
@ApplicationScoped
class CuratorAssembly {

    /** What is closed together. */
    record Parts(Curation curation, Downloads downloads, ObjectStore store) {}

    @Produces
    @Singleton
    Parts parts(CuratorConfig config, StorageConfig storage, MeterRegistry meters) {
        ObjectStore store = new MinioObjectStore(storage.settings(), meters);
        CuratorConfig.Http http = config.http();
        Downloads downloads = new Downloads(new DownloadSettings(
                http.timeout(), http.attempts(), http.backoff(), http.maxRedirects(), http.allowPrivateAddresses()));
        Sources sources = new Sources(
                downloads,
                config.folder(),
                Math.toIntExact(config.maxImageSize().asLongValue()),
                config.maxSourceSize().asLongValue());
        Curation curation =
                new Curation(sources, store, stages(config, store), config.concurrency(), Clock.systemUTC(), meters);
        return new Parts(curation, downloads, store);
    }

    @Produces
    Curation curation(Parts parts) {
        return parts.curation();
    }

    void close(@Disposes Parts parts) {
        parts.curation().close();
        parts.downloads().close();
        parts.store().close();
    }

    private static Stages stages(CuratorConfig config, ObjectStore store) {
        Optional<Captioner> captioner = Plugins.optional(
                "surstream.curator.captioner",
                config.captioner(),
                Captioner.class,
                List.of(new PlaygroundCaptioner()),
                Captioner::name);
        Optional<Scorer> scorer = Plugins.optional(
                "surstream.curator.scorer",
                config.scorer(),
                Scorer.class,
                List.of(new PlaygroundSimilarity()),
                Scorer::name);
        CaptionStage captions = new CaptionStage(captioner);
        return new Stages(
                new PromptStage(config.maxPromptLength()),
                new SafetyStage(
                        config.unsafeWords().orElseGet(SafetyStage::standardWords),
                        config.unsafe() == CuratorConfig.Unsafe.DROP),
                new ImageInspector(new ImageLimits(config.minSide(), config.maxSide(), config.maxPixels())),
                captions,
                new SimilarityStage(
                        scorer,
                        config.minSimilarity(),
                        captions,
                        config.onMismatch() == CuratorConfig.OnMismatch.RECAPTION),
                new ImageStore(store),
                recipe(config));
    }

    /** Version of the rules, then the settings that decide what becomes of an image. */
    private static String recipe(CuratorConfig config) {
        return String.join(
                " ",
                "1",
                config.maxImageSize().asBigInteger().toString(),
                String.valueOf(config.minSide()),
                String.valueOf(config.maxSide()),
                String.valueOf(config.maxPixels()),
                config.captioner(),
                config.scorer(),
                config.minSimilarity().toString(),
                config.onMismatch().name());
    }
}
