package io.surstream.teacher.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.modelstore.models.NetworkSettings;
import io.surstream.storage.StorageConfig;
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.config.TeacherConfig.Loading;
import io.surstream.teacher.embed.EmbedStage;
import io.surstream.teacher.embed.TeacherMeters;
import io.surstream.teacher.embed.TeacherSource;
import io.surstream.teacher.validation.EmbedValidation;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the service out of its settings. */
@ApplicationScoped
public class TeacherAssembly {
    @Produces
    @Singleton
    EmbedValidation embedIntake(TeacherConfig config) {
        return new EmbedValidation(config.maxPrompts());
    }

    @Produces
    @Singleton
    TeacherMeters teacherMeters(MeterRegistry meters) {
        return new TeacherMeters(meters);
    }

    @Produces
    @Singleton
    public EmbedStage teachStage(TeacherConfig config, StorageConfig storage, TeacherMeters meters) {
        NetworkSettings.threads(config.threads());
        NetworkSettings settings = new NetworkSettings("surstream.teacher", storage.settings());
        TorchDevice device = settings.device(config.device());
        DType dtype = settings.dtype(config.dtype(), device);
        TeacherSource source = new TeacherSource(
                () -> settings.teacherFolder(config.model()),
                config.layer(),
                (folder, layer) -> LlamaTeacher.load(folder, layer, config.tokenBudget(), dtype, device));
        if (config.loading() == Loading.EAGER) {
            settings.model(
                    config.model(), "a whole language model in transformers layout", reference -> source.teacher());
        }
        // A batch that is repeated, and the one before it whose results the topic may not show yet.
        return new EmbedStage(source, Pooling.parse(config.pooling()), 2 * config.maxBatch(), meters);
    }
}
