package io.surstream.models.adapter;

import static io.surstream.models.adapter.SmallTraining.ALL;
import static io.surstream.models.adapter.SmallTraining.CONFIG;
import static io.surstream.models.adapter.SmallTraining.batch;
import static io.surstream.models.adapter.SmallTraining.settings;
import static io.surstream.models.adapter.SmallTraining.state;
import static io.surstream.models.adapter.SmallTraining.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.ModelException;
import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a step takes and what it refuses. */
class AdapterTrainingTest {
    @Test
    void rows_that_are_no_equal_micro_batches_are_refused() {
        AdapterTraining.Batch batch = batch(1, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> new AdapterTraining.Batch(
                        batch.denoising(),
                        batch.simpleStates(),
                        batch.complexStates(),
                        batch.teacher(),
                        List.of(1L, 2L, 3L)));
    }

    @Test
    void without_a_denoising_weight_the_unet_does_not_run() {
        AdapterObjective texts = new AdapterObjective(0, true, 1, 1, Reduction.REFERENCE, Direction.REFERENCE);
        // no weight of the UNet is there
        Weights none = MemoryWeights.of(Map.of("nothing", FloatTensor.scalar(0)));
        try (AdapterTraining training =
                new AdapterTraining(CONFIG, none, DType.FP32, state(), settings(texts, 0, 1), TorchDevice.CPU)) {
            AdapterTraining.Batch batch = batch(1, 0);
            AdapterTraining.Result result = training.accumulate(new AdapterTraining.Batch(
                    Optional.empty(), batch.simpleStates(), batch.complexStates(), batch.teacher(), List.of(0L)));
            assertEquals(0, result.denoising());
            assertEquals(Optional.empty(), result.modelOutput());
            assertTrue(result.total() > 0);
        }
    }

    @Test
    void dropout_follows_from_its_seed_alone() {
        AdapterTraining.Result without;
        try (AdapterTraining training = training(settings(ALL, 0, 1), state())) {
            without = training.accumulate(batch(1, 0));
            assertEquals(without.encoderOut(), training.accumulate(batch(1, 9)).encoderOut());
        }
        try (AdapterTraining training = training(settings(ALL, 0.3, 1), state())) {
            FloatTensor first = training.accumulate(batch(1, 8)).encoderOut();
            assertNotEquals(without.encoderOut(), first);
            assertNotEquals(first, training.accumulate(batch(1, 9)).encoderOut());
            assertEquals(first, training.accumulate(batch(1, 8)).encoderOut());
        }
    }

    @Test
    void a_loss_without_its_input_is_refused() {
        try (AdapterTraining training = training(settings(ALL, 0, 1), state())) {
            AdapterTraining.Batch batch = batch(1, 0);
            assertThrows(
                    ModelException.class,
                    () -> training.accumulate(new AdapterTraining.Batch(
                            batch.denoising(),
                            batch.simpleStates(),
                            batch.complexStates(),
                            Optional.empty(),
                            List.of(0L))));
            assertThrows(
                    ModelException.class,
                    () -> training.accumulate(new AdapterTraining.Batch(
                            Optional.empty(),
                            batch.simpleStates(),
                            batch.complexStates(),
                            batch.teacher(),
                            List.of(0L))));
        }
    }
}
