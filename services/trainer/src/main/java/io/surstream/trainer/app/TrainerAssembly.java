package io.surstream.trainer.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.modelstore.models.NetworkSettings;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.model.AdapterRunOpener;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.run.RunRequests;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.train.RunOpener;
import io.surstream.trainer.validation.RunRegister;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the service out of its settings. Loads no model: a trainer without a run stays small. */
@ApplicationScoped
class TrainerAssembly {
    @Produces
    @Singleton
    @TrainerStore
    ObjectStore objects(StorageConfig storage, MeterRegistry meters) {
        return new MinioObjectStore(storage.settings(), meters);
    }

    @Produces
    @Singleton
    TrainerMeters meters(MeterRegistry meters) {
        return new TrainerMeters(meters);
    }

    void close(@Disposes @TrainerStore ObjectStore objects) {
        objects.close();
    }

    @Produces
    @Singleton
    RunRequests requests(@TrainerStore ObjectStore objects) {
        return new RunRequests(new RunRegister(new RunStore(objects)), new RunWatch());
    }

    @Produces
    @Singleton
    RunOpener opener(
            TrainerConfig config, StorageConfig storage, @TrainerStore ObjectStore objects, TrainerMeters meters) {
        NetworkSettings.threads(config.threads());
        AdapterRunOpener.Settings settings = new AdapterRunOpener.Settings(
                config.model(),
                config.device(),
                config.work().resolve("features"),
                config.shareFeatures(),
                config.maxImageBytes(),
                config.maxImagePixels());
        return new AdapterRunOpener(settings, storage.settings(), objects, meters::sought);
    }
}
