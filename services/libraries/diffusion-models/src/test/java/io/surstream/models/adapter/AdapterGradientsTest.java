package io.surstream.models.adapter;

import static io.surstream.models.adapter.SmallTraining.ALL;
import static io.surstream.models.adapter.SmallTraining.batch;
import static io.surstream.models.adapter.SmallTraining.settings;
import static io.surstream.models.adapter.SmallTraining.state;
import static io.surstream.models.adapter.SmallTraining.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Gradients against each other and against finite differences; against PyTorch they are checked by the golden cases. */
class AdapterGradientsTest {
    @Test
    void accumulated_gradients_are_averages_over_the_micro_batches() {
        // given
        Map<String, FloatTensor> one;
        Map<String, FloatTensor> two;
        Map<String, FloatTensor> both;
        try (AdapterTraining training = training(settings(ALL, 0, 1), state())) {
            training.accumulate(batch(1, 0));
            one = training.gradients();
            training.discard();
            training.accumulate(batch(2, 0));
            two = training.gradients();
        }
        // when
        try (AdapterTraining training = training(settings(ALL, 0, 2), state())) {
            training.accumulate(batch(1, 0));
            training.accumulate(batch(2, 0));
            both = training.gradients();
        }
        // then
        assertEquals(one.keySet(), both.keySet());
        both.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.size(); i++) {
                double expected = (one.get(name).data()[i] + two.get(name).data()[i]) / 2;
                assertEquals(expected, gradient.data()[i], 1e-6 + 1e-4 * Math.abs(expected), name);
            }
        });
    }

    @Test
    void micro_batches_together_give_the_losses_and_gradients_that_they_give_one_by_one() {
        // given
        AdapterTraining.Batch first = batch(1, 8);
        AdapterTraining.Batch second = batch(2, 9);
        AdapterTraining.Result one;
        AdapterTraining.Result two;
        Map<String, FloatTensor> apart;
        try (AdapterTraining training = training(settings(ALL, 0.3, 2), state())) {
            one = training.accumulate(first);
            two = training.accumulate(second);
            apart = training.gradients();
        }
        // when
        try (AdapterTraining training = training(settings(ALL, 0.3, 2), state())) {
            AdapterTraining.Result both = training.accumulate(joined(first, second));
            // then, dropout included
            assertEquals((one.total() + two.total()) / 2, both.total(), 1e-5);
            assertEquals((one.denoising() + two.denoising()) / 2, both.denoising(), 1e-5);
            assertEquals((one.llm() + two.llm()) / 2, both.llm(), 1e-4);
            assertEquals((one.prompt() + two.prompt()) / 2, both.prompt(), 1e-4);
            training.gradients().forEach((name, gradient) -> {
                for (int i = 0; i < gradient.size(); i++) {
                    double expected = apart.get(name).data()[i];
                    assertEquals(expected, gradient.data()[i], 2e-6 + 1e-4 * Math.abs(expected), name);
                }
            });
        }
    }

    @Test
    void the_denoising_loss_reaches_the_adapter_through_the_frozen_unet() {
        // given
        AdapterObjective denoising = new AdapterObjective(1, true, 0, 0, Reduction.REFERENCE, Direction.REFERENCE);
        Map<String, FloatTensor> gradients;
        try (AdapterTraining training = training(settings(denoising, 0, 1), state())) {
            training.accumulate(batch(1, 0));
            gradients = training.gradients();
        }
        double norm = Math.sqrt(
                gradients.values().stream().mapToDouble(SmallTraining::square).sum());
        // when
        double h = 0.01;
        double slope = (loss(denoising, gradients, h / norm) - loss(denoising, gradients, -h / norm)) / (2 * h);
        // then
        assertTrue(norm > 1e-3, "norm " + norm);
        assertEquals(norm, slope, 0.005 * norm);
    }

    private static double loss(AdapterObjective objective, Map<String, FloatTensor> direction, double length) {
        Map<String, FloatTensor> moved = new TreeMap<>();
        state().parameters().forEach((name, tensor) -> {
            float[] values = tensor.data().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (length * direction.get(name).data()[i]);
            }
            moved.put(name, FloatTensor.of(values, tensor.shape()));
        });
        AdapterState there = AdapterState.initial(moved, state().resize(), false);
        try (AdapterTraining training = training(settings(objective, 0, 1), there)) {
            return training.accumulate(batch(1, 0)).denoising();
        }
    }

    /** One behind the other. */
    private static AdapterTraining.Batch joined(AdapterTraining.Batch a, AdapterTraining.Batch b) {
        AdapterTraining.Denoising x = a.denoising().orElseThrow();
        AdapterTraining.Denoising y = b.denoising().orElseThrow();
        long[] timesteps = LongStream.concat(
                        LongStream.of(x.timesteps().data()),
                        LongStream.of(y.timesteps().data()))
                .toArray();
        return new AdapterTraining.Batch(
                Optional.of(new AdapterTraining.Denoising(
                        joined(x.noisyLatents(), y.noisyLatents()),
                        joined(x.target(), y.target()),
                        LongTensor.of(timesteps, timesteps.length),
                        joined(x.sampleWeights(), y.sampleWeights()))),
                joined(a.simpleStates(), b.simpleStates()),
                joined(a.complexStates(), b.complexStates()),
                Optional.of(joined(a.teacher().orElseThrow(), b.teacher().orElseThrow())),
                List.of(a.dropoutSeeds().get(0), b.dropoutSeeds().get(0)));
    }

    private static FloatTensor joined(FloatTensor a, FloatTensor b) {
        float[] all = Arrays.copyOf(a.data(), a.size() + b.size());
        System.arraycopy(b.data(), 0, all, a.size(), b.size());
        long[] shape = a.shape().clone();
        shape[0] += b.shape()[0];
        return FloatTensor.of(all, shape);
    }
}
