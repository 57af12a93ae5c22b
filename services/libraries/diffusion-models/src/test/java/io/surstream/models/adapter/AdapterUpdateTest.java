package io.surstream.models.adapter;

import static io.surstream.models.adapter.SmallTraining.ALL;
import static io.surstream.models.adapter.SmallTraining.batch;
import static io.surstream.models.adapter.SmallTraining.settings;
import static io.surstream.models.adapter.SmallTraining.state;
import static io.surstream.models.adapter.SmallTraining.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an update does, against plain arithmetic; against PyTorch it is checked by the golden cases. */
class AdapterUpdateTest {
    @Test
    void an_update_clips_decays_and_averages_as_plain_arithmetic_does() {
        // given
        double rate = 1e-2;
        AdapterState before = state();
        try (AdapterTraining training = training(settings(ALL, 0, 1), before)) {
            training.accumulate(batch(1, 0));
            Map<String, FloatTensor> gradients = training.gradients();
            double norm = Math.sqrt(gradients.values().stream()
                    .mapToDouble(SmallTraining::square)
                    .sum());
            // when
            float reported = training.update(1, rate, 0.25);
            // then
            assertEquals(norm, reported, 1e-5 * norm);
            AdapterState after = training.state();
            double scale = Math.min(1, 0.05 / (norm + 1e-6));
            assertTrue(scale < 1, "the case must clip");
            gradients.forEach((name, gradient) -> {
                for (int i = 0; i < gradient.size(); i++) {
                    double x = before.parameters().get(name).data()[i];
                    double g = gradient.data()[i] * scale;
                    double expected = x * (1 - rate * 0.1) - rate * g / (Math.abs(g) + 1e-4);
                    assertEquals(expected, after.parameters().get(name).data()[i], 2e-5, name);
                    assertEquals(
                            0.25 * x + 0.75 * expected,
                            after.average().get(name).data()[i],
                            2e-5,
                            name);
                }
            });
            assertTrue(training.gradients().isEmpty());
        }
    }

    @Test
    void a_parameter_that_no_loss_reaches_keeps_its_value() {
        // given a loss that only the adapter's encoder takes part in
        AdapterObjective distillation = new AdapterObjective(1, false, 1, 0, Reduction.REFERENCE, Direction.REFERENCE);
        try (AdapterTraining training = training(settings(distillation, 0, 1), state())) {
            // when
            training.accumulate(batch(1, 0));
            Map<String, FloatTensor> gradients = training.gradients();
            training.update(1, 0.1, 0);
            // then
            AdapterState after = training.state();
            assertEquals(
                    state().parameters().get("attention.query_layer.weight"),
                    after.parameters().get("attention.query_layer.weight"));
            assertNotEquals(
                    state().parameters().get("transformer_encoder.layers.0.linear1.weight"),
                    after.parameters().get("transformer_encoder.layers.0.linear1.weight"));
            assertTrue(gradients.containsKey("transformer_encoder.layers.0.linear1.weight"));
        }
    }

    @Test
    void gradients_that_are_not_finite_change_nothing() {
        try (AdapterTraining training = training(settings(ALL, 0, 1), state())) {
            AdapterTraining.Batch batch = batch(1, 0);
            batch.denoising().orElseThrow().target().data()[0] = Float.NaN;
            assertFalse(Float.isFinite(training.accumulate(batch).total()));
            assertFalse(Float.isFinite(training.update(1, 0.1, 0)));
            state().parameters()
                    .forEach((name, tensor) -> assertArrayEquals(
                            tensor.data(),
                            training.state().parameters().get(name).data(),
                            name));
            assertTrue(training.gradients().isEmpty());
        }
    }

    @Test
    void a_loss_scale_changes_no_digit_of_the_gradients() {
        try (AdapterTraining training = training(settings(ALL, 0, 1), state())) {
            training.accumulate(batch(1, 0));
            Map<String, FloatTensor> plain = training.gradients();
            training.discard();
            training.accumulate(batch(1, 0), 65536);
            assertEquals(plain, training.gradients());
        }
    }
}
