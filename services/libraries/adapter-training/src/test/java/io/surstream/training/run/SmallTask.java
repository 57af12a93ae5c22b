package io.surstream.training.run;

import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.SmallModel;
import io.surstream.training.TeacherLayer;
import io.surstream.training.examples.ExampleSet;
import io.surstream.training.examples.TrainingExample;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import io.surstream.training.settings.TrainingSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The small golden UNet with invented examples. */
final class SmallTask {
    static final int WIDTH = 24;
    static final int EXAMPLES = 7;
    private static final int TEACHER_WIDTH = 12;
    private static final int POSITIONS = 9;
    static final Map<String, Object> SETTINGS = Map.of(
            "learning_rate", 1e-3,
            "train_batch_size", 2,
            "gradient_accumulation_steps", 2,
            "max_train_steps", 6,
            "llm_weight", 0.01,
            "prompt_weight", 0.01,
            "seed", 5);

    private SmallTask() {}

    static TrainingTask with(Map<String, Object> more) {
        return new TrainingTask(
                SmallModel.folder(),
                new Examples(EXAMPLES, Float.NaN),
                Optional.of(new TeacherLayer("teacher", 3, "last", TEACHER_WIDTH)),
                settings(more),
                TorchDevice.CPU);
    }

    static TrainingSettings settings(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(SETTINGS);
        all.putAll(more);
        return TrainingSettings.of(all);
    }

    /** @param poison NaN for none; otherwise stands in the latents of example 0 */
    record Examples(int size, float poison) implements ExampleSet {
        @Override
        public TrainingExample get(int index) {
            TorchGenerator random = new TorchGenerator(100 + index);
            FloatTensor simple = tensor(random, POSITIONS, WIDTH);
            FloatTensor complex = tensor(random, POSITIONS, WIDTH);
            FloatTensor mean = tensor(random, 4, 8, 8);
            FloatTensor std = tensor(random, 4, 8, 8);
            FloatTensor mirrored = tensor(random, 4, 8, 8);
            if (index == 0 && !Float.isNaN(poison)) {
                mean.data()[0] = poison;
                mirrored.data()[0] = poison;
            }
            return new TrainingExample(
                    simple,
                    complex,
                    List.of(new LatentMoments(mean, std), new LatentMoments(mirrored, std)),
                    Optional.of(tensor(random, TEACHER_WIDTH)));
        }

        @Override
        public String digest() {
            return "small " + size;
        }

        private static FloatTensor tensor(TorchGenerator random, long... shape) {
            return FloatTensor.of(random.randn(shape), shape);
        }
    }
}
