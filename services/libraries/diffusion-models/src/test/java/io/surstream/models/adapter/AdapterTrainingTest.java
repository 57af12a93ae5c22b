package io.surstream.models.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.fixtures.Golden;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelException;
import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.Checkpoint;
import io.surstream.torch.DType;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.LongTensor;
import io.surstream.torch.MemoryWeights;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The step against plain arithmetic; against PyTorch it is checked by the golden cases. */
class AdapterTrainingTest {
    private static final int WIDTH = 24;
    private static final int POSITIONS = 6;
    private static final int TEACHER = 10;
    private static final Path UNET = Golden.folder("models/sd1-small").resolve("unet");
    private static final UNet2DConfig CONFIG = UNet2DConfig.from(ConfigFile.read(UNET.resolve("config.json")));
    private static final AdapterObjective ALL =
            new AdapterObjective(1, true, 0.02, 0.01, Reduction.REFERENCE, Direction.REFERENCE);

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
    void an_update_clips_decays_and_averages_as_plain_arithmetic_does() {
        // given
        double rate = 1e-2;
        AdapterState before = state();
        try (AdapterTraining training = training(settings(ALL, 0, 1), before)) {
            training.accumulate(batch(1, 0));
            Map<String, FloatTensor> gradients = training.gradients();
            double norm = Math.sqrt(gradients.values().stream()
                    .mapToDouble(AdapterTrainingTest::square)
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
    void the_denoising_loss_reaches_the_adapter_through_the_frozen_unet() {
        // given
        AdapterObjective denoising = new AdapterObjective(1, true, 0, 0, Reduction.REFERENCE, Direction.REFERENCE);
        Map<String, FloatTensor> gradients;
        try (AdapterTraining training = training(settings(denoising, 0, 1), state())) {
            training.accumulate(batch(1, 0));
            gradients = training.gradients();
        }
        double norm = Math.sqrt(gradients.values().stream()
                .mapToDouble(AdapterTrainingTest::square)
                .sum());
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
    void each_divergence_is_what_its_formula_says() {
        FloatTensor teacher = noise(1, 2, 1, WIDTH);
        FloatTensor target = noise(2, 2, POSITIONS, WIDTH);
        FloatTensor student = noise(3, 2, POSITIONS, WIDTH);
        for (Reduction reduction : Reduction.values()) {
            for (Direction direction : Direction.values()) {
                double[] expected = {0, 0};
                for (int row = 0; row < 2 * POSITIONS; row++) {
                    double[] q = softmax(student, row);
                    expected[0] += divergence(softmax(teacher, row / POSITIONS), q, direction);
                    expected[1] += divergence(softmax(target, row), q, direction);
                }
                double divisor = reduction == Reduction.MEAN ? 2.0 * POSITIONS : 2.0;
                try (AdapterLosses losses = new AdapterLosses(reduction, direction, TorchDevice.CPU)) {
                    List<FloatTensor> got = losses.losses(teacher, student, target, student, 1);
                    assertEquals(expected[0] / divisor, got.get(0).data()[0], 1e-4, reduction + " " + direction);
                    assertEquals(expected[1] / divisor, got.get(1).data()[0], 1e-4, reduction + " " + direction);
                }
            }
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

    private static AdapterTraining training(AdapterTrainingSettings settings, AdapterState state) {
        try (Weights weights = Checkpoint.open(UNET, "diffusion_pytorch_model")) {
            return new AdapterTraining(CONFIG, weights, DType.FP32, state, settings, TorchDevice.CPU);
        }
    }

    private static AdapterTrainingSettings settings(AdapterObjective objective, double dropout, int accumulation) {
        return new AdapterTrainingSettings(
                SurAdapterConfig.of(0.3, AdapterLayout.TOKEN),
                dropout,
                objective,
                new AdamW(0.9, 0.999, 1e-4, 0.1, 0.05),
                accumulation);
    }

    private static AdapterState state() {
        Map<String, FloatTensor> adapter = new FreshAdapter(WIDTH).weights(3);
        adapter.put("fc.weight", noise(4, WIDTH, WIDTH));
        return AdapterState.initial(
                SurAdapterWeights.trained(adapter), new FreshAdapter(WIDTH).resize(TEACHER, 5), true);
    }

    private static AdapterTraining.Batch batch(int seed, long dropoutSeed) {
        return new AdapterTraining.Batch(
                Optional.of(new AdapterTraining.Denoising(
                        noise(10 + seed, 2, 4, 8, 8),
                        noise(20 + seed, 2, 4, 8, 8),
                        LongTensor.of(new long[] {100, 700}, 2),
                        FloatTensor.of(new float[] {1, 0.5f}, 2))),
                noise(30 + seed, 2, POSITIONS, WIDTH),
                noise(40 + seed, 2, POSITIONS, WIDTH),
                Optional.of(noise(50 + seed, 2, TEACHER)),
                List.of(dropoutSeed));
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

    private static FloatTensor noise(int seed, long... shape) {
        return FloatTensor.of(new TorchGenerator(seed).randn(shape), shape);
    }

    private static double square(FloatTensor tensor) {
        double sum = 0;
        for (float x : tensor.data()) {
            sum += (double) x * x;
        }
        return sum;
    }

    private static double[] softmax(FloatTensor tensor, int row) {
        double[] p = new double[WIDTH];
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            p[i] = Math.exp(tensor.data()[row * WIDTH + i]);
            sum += p[i];
        }
        for (int i = 0; i < WIDTH; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static double divergence(double[] target, double[] student, Direction direction) {
        boolean published = direction == Direction.REFERENCE;
        double[] from = published ? student : target;
        double[] to = published ? target : student;
        double sum = 0;
        for (int i = 0; i < WIDTH; i++) {
            sum += from[i] * Math.log(from[i] / to[i]);
        }
        return sum;
    }
}
