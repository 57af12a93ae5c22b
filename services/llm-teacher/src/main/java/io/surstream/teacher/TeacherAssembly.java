package io.surstream.teacher;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.keys.WrongSettings;
import io.surstream.models.ModelException;
import io.surstream.models.ModelResolver;
import io.surstream.models.llama.LlamaTeacher;
import io.surstream.models.llama.Pooling;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.storage.ModelFetcher;
import io.surstream.storage.StorageConfig;
import io.surstream.storage.StorageException;
import io.surstream.teacher.config.TeacherConfig;
import io.surstream.teacher.config.TeacherConfig.Loading;
import io.surstream.teacher.intake.EmbedIntake;
import io.surstream.teacher.teach.TeachStage;
import io.surstream.teacher.teach.TeacherMeters;
import io.surstream.teacher.teach.TeacherSource;
import io.surstream.torch.DType;
import io.surstream.torch.DTypePolicy;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchException;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the service out of its settings. */
@ApplicationScoped
class TeacherAssembly {
    @Produces
    @Singleton
    EmbedIntake embedIntake(TeacherConfig config) {
        return new EmbedIntake(config.maxPrompts());
    }

    @Produces
    @Singleton
    TeacherMeters teacherMeters(MeterRegistry meters) {
        return new TeacherMeters(meters);
    }

    @Produces
    @Singleton
    TeachStage teachStage(TeacherConfig config, StorageConfig storage, TeacherMeters meters) {
        if (config.threads() > 0) {
            TorchRuntime.configure(TorchSettings.threads(config.threads()));
        }
        TorchDevice device = WrongSettings.applying(
                "surstream.teacher.device",
                "a device of this machine",
                config.device(),
                TorchDevice::parse,
                TorchException.class);
        DType dtype = WrongSettings.applying(
                "surstream.teacher.dtype",
                "a number format for " + device,
                config.dtype(),
                text -> DTypePolicy.parse(text, device),
                TorchException.class);
        TeacherSource source = new TeacherSource(
                () -> find(config.model(), storage),
                config.layer(),
                (folder, layer) -> LlamaTeacher.load(folder, layer, config.tokenBudget(), dtype, device));
        if (config.loading() == Loading.EAGER) {
            WrongSettings.applying(
                    "surstream.teacher.model",
                    "a whole language model in transformers layout",
                    config.model(),
                    reference -> source.teacher(),
                    ModelException.class,
                    TorchException.class,
                    StorageException.class,
                    IllegalArgumentException.class);
        }
        // A batch that is repeated, and the one before it whose results the topic may not show yet.
        return new TeachStage(source, Pooling.parse(config.pooling()), 2 * config.maxBatch(), meters);
    }

    private static TeacherFolder find(String reference, StorageConfig storage) {
        return TeacherFolder.resolve(
                ModelResolver.standard(Map.of()),
                ModelFetcher.standard(storage.settings()).local(reference));
    }
}
