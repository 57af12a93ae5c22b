package io.surstream.training.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.adapter.AdapterTraining.Batch;
import io.surstream.models.adapter.AdapterTraining.Denoising;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.TrainingException;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import io.surstream.training.settings.TrainingSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn, read back through x_t = √ᾱ·z + √(1−ᾱ)·ε; 200 draws of 2 channels with 8×8 positions. */
class BatchMakerTest {
    private static final int DRAWS = 200;
    private static final int CHANNELS = 2;
    private static final int POSITIONS = 64;
    private static final NoiseSchedule SCHEDULE =
            NoiseSchedule.of(SchedulerConfig.parse("{\"_class_name\": \"DDPMScheduler\"}"));

    /** One row of a batch. */
    private record Row(float[] noisy, float[] target, int timestep, float weight) {
        double alphaBar() {
            return SCHEDULE.snr(timestep) / (1 + SCHEDULE.snr(timestep));
        }

        /** z, where the target is the noise. */
        double[] latents() {
            return IntStream.range(0, noisy.length)
                    .mapToDouble(i -> (noisy[i] - Math.sqrt(1 - alphaBar()) * target[i]) / Math.sqrt(alphaBar()))
                    .toArray();
        }
    }

    private static FloatTensor latents(float value) {
        FloatTensor tensor = FloatTensor.zeros(CHANNELS, 8, 8);
        Arrays.fill(tensor.data(), value);
        return tensor;
    }

    private static TrainingExample example(float std, float... means) {
        return new TrainingExample(
                FloatTensor.zeros(3, 4),
                FloatTensor.zeros(3, 4),
                IntStream.range(0, means.length)
                        .mapToObj(i -> new LatentMoments(latents(means[i]), latents(std)))
                        .toList(),
                Optional.of(FloatTensor.zeros(5)));
    }

    private static BatchMaker maker(boolean velocity, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("seed", 11);
        return new BatchMaker(TrainingSettings.of(all), SCHEDULE, velocity);
    }

    private static List<Row> rows(Batch batch) {
        Denoising denoising = batch.denoising().orElseThrow();
        int size = CHANNELS * POSITIONS;
        return IntStream.range(0, denoising.timesteps().size())
                .mapToObj(i -> new Row(
                        Arrays.copyOfRange(denoising.noisyLatents().data(), i * size, (i + 1) * size),
                        Arrays.copyOfRange(denoising.target().data(), i * size, (i + 1) * size),
                        (int) denoising.timesteps().data()[i],
                        denoising.sampleWeights().data()[i]))
                .toList();
    }

    private static List<Row> draw(boolean velocity, TrainingExample example, Map<String, Object> settings) {
        return rows(maker(velocity, settings).make(Collections.nCopies(DRAWS, example), 3, 0, DRAWS));
    }

    /** Draws with much of the latents in them, so that these are read back exactly. */
    private static List<Row> clear(List<Row> rows) {
        return rows.stream().filter(row -> row.timestep() < 300).toList();
    }

    @Test
    void latents_are_a_new_sample_of_the_autoencoders_distribution_each_time() {
        double sum = 0;
        double squares = 0;
        double withNoise = 0;
        int count = 0;
        for (Row row : clear(draw(false, example(0.5f, 2), Map.of()))) {
            double[] latents = row.latents();
            for (int i = 0; i < latents.length; i++) {
                double unit = (latents[i] - 2) / 0.5;
                sum += unit;
                squares += unit * unit;
                withNoise += unit * row.target()[i];
                count++;
            }
        }
        assertTrue(count > 3000, "only " + count);
        assertEquals(0, sum / count, 0.08);
        assertEquals(1, squares / count, 0.1);
        assertEquals(0, withNoise / count, 0.08, "the sample has nothing to do with the noise");
    }

    @Test
    void a_distribution_without_spread_is_its_mean_and_the_noise_is_of_unit_variance() {
        double squares = 0;
        List<Row> rows = draw(false, example(0, 0.75f), Map.of());
        for (Row row : rows) {
            for (float noise : row.target()) {
                squares += noise * noise;
            }
        }
        for (Row row : clear(rows)) {
            Arrays.stream(row.latents()).forEach(latent -> assertEquals(0.75, latent, 1e-4, "at " + row.timestep()));
        }
        assertEquals(1, squares / (DRAWS * CHANNELS * POSITIONS), 0.05);
    }

    @Test
    void timesteps_come_from_the_whole_schedule() {
        List<Row> rows = draw(false, example(0, 0), Map.of());
        double mean = rows.stream().mapToInt(Row::timestep).average().orElseThrow();
        assertEquals(499.5, mean, 65);
        assertTrue(rows.stream().anyMatch(row -> row.timestep() < 50));
        assertTrue(rows.stream().anyMatch(row -> row.timestep() >= 950));
    }

    @Test
    void the_mirror_image_is_taken_every_other_time_and_never_where_it_is_not_wanted() {
        TrainingExample mirrored = example(0, 1, -1);
        long times = clear(draw(false, mirrored, Map.of())).stream()
                .filter(row -> row.latents()[0] < 0)
                .count();
        int of = clear(draw(false, mirrored, Map.of())).size();
        assertEquals(0.5, times / (double) of, 0.2, times + " of " + of);
        assertTrue(clear(draw(false, mirrored, Map.of("random_flip", false))).stream()
                .allMatch(row -> row.latents()[0] > 0));
    }

    @Test
    void the_target_of_v_prediction_is_the_velocity_of_the_same_draw() {
        List<Row> epsilon = draw(false, example(0.5f, 1), Map.of());
        List<Row> velocity = draw(true, example(0.5f, 1), Map.of());
        for (int i = 0; i < DRAWS; i++) {
            Row row = epsilon.get(i);
            assertArrayEquals(row.noisy(), velocity.get(i).noisy());
            if (row.timestep() < 300) {
                double[] latents = row.latents();
                for (int j = 0; j < latents.length; j++) {
                    double expected =
                            Math.sqrt(row.alphaBar()) * row.target()[j] - Math.sqrt(1 - row.alphaBar()) * latents[j];
                    assertEquals(expected, velocity.get(i).target()[j], 1e-4);
                }
            }
        }
    }

    @Test
    void a_noise_offset_shifts_each_channel_as_a_whole_and_in_proportion() {
        List<Row> plain = draw(false, example(0, 0), Map.of());
        List<Row> little = draw(false, example(0, 0), Map.of("noise_offset", 0.1));
        List<Row> much = draw(false, example(0, 0), Map.of("noise_offset", 0.3));
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                int first = channel * POSITIONS;
                double shift = little.get(i).target()[first] - plain.get(i).target()[first];
                for (int at = first; at < first + POSITIONS; at++) {
                    float noise = plain.get(i).target()[at];
                    assertEquals(noise + shift, little.get(i).target()[at], 1e-5);
                    assertEquals(noise + 3 * shift, much.get(i).target()[at], 1e-5);
                }
                squares += shift * shift;
            }
        }
        assertEquals(0.1, Math.sqrt(squares / (DRAWS * CHANNELS)), 0.015);
        assertNotEquals(
                little.get(0).target()[0] - plain.get(0).target()[0],
                little.get(0).target()[POSITIONS] - plain.get(0).target()[POSITIONS],
                1e-4f,
                "each channel has a shift of its own");
    }

    @Test
    void losses_weigh_one_or_by_min_snr_for_what_the_model_predicts() {
        draw(false, example(0, 0), Map.of()).forEach(row -> assertEquals(1, row.weight()));
        for (Row row : draw(false, example(0, 0), Map.of("snr_gamma", 5))) {
            double snr = SCHEDULE.snr(row.timestep());
            assertEquals(Math.min(snr, 5) / snr, row.weight(), 1e-6);
        }
        for (Row row : draw(true, example(0, 0), Map.of("snr_gamma", 5))) {
            double snr = SCHEDULE.snr(row.timestep());
            assertEquals(Math.min(snr, 5) / (snr + 1), row.weight(), 1e-6);
        }
    }

    @Test
    void a_draw_depends_on_its_place_in_the_step_and_not_on_what_is_drawn_with_it() {
        BatchMaker maker = maker(false, Map.of());
        List<TrainingExample> four = Collections.nCopies(4, example(0.5f, 1));
        Batch whole = maker.make(four, 8, 0, 4);
        Batch half = maker.make(four.subList(2, 4), 8, 2, 2);
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(rows(whole).get(2 + i).noisy(), rows(half).get(i).noisy());
        }
        assertEquals(whole.dropoutSeeds().subList(2, 4), half.dropoutSeeds());
        assertNotEquals(rows(whole).get(0).target()[0], rows(whole).get(1).target()[0]);
        assertNotEquals(
                rows(whole).get(0).target()[0],
                rows(maker.make(four, 9, 0, 4)).get(0).target()[0]);
    }

    @Test
    void what_an_example_lacks_is_named() {
        TrainingExample bare =
                new TrainingExample(FloatTensor.zeros(3, 4), FloatTensor.zeros(3, 4), List.of(), Optional.empty());
        var noLatents = assertThrows(
                TrainingException.class, () -> maker(false, Map.of()).make(List.of(bare), 0, 0, 1));
        assertTrue(noLatents.getMessage().contains("denoising_weight 0"), noLatents.getMessage());
        var noTeacher = assertThrows(TrainingException.class, () -> maker(false, Map.of("denoising_weight", 0))
                .make(List.of(bare), 0, 0, 1));
        assertTrue(noTeacher.getMessage().contains("llm_weight 0"), noTeacher.getMessage());
    }
}
