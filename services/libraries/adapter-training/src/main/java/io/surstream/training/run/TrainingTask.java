package io.surstream.training.run;

import io.surstream.models.ModelFolder;
import io.surstream.torch.TorchDevice;
import io.surstream.training.TeacherLayer;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.settings.TrainingSettings;
import java.util.Optional;

/**
 * What a run works on, the same when it begins and when it is taken up again.
 *
 * @param model with the UNet and the noise schedule
 * @param examples made with the same model and teacher
 * @param teacher empty only where the distillation's weight is 0
 */
public record TrainingTask(
        ModelFolder model,
        ExampleSet examples,
        Optional<TeacherLayer> teacher,
        TrainingSettings settings,
        TorchDevice device) {}
