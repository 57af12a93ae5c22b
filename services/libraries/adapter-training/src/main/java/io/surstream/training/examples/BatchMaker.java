package io.surstream.training.examples;

import io.surstream.models.adapter.AdapterTraining.Batch;
import io.surstream.models.adapter.AdapterTraining.Denoising;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.training.TrainingException;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import io.surstream.training.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * From frozen examples to micro-batches: draws latents, noise and timesteps and computes what the UNet should answer. A pure
 * function of seed, step and the examples' positions in the step.
 */
public final class BatchMaker {
    private final TrainingSettings settings;
    private final NoiseSchedule schedule;
    private final boolean velocity;

    /** @param velocity whether the UNet predicts v rather than the noise */
    public BatchMaker(TrainingSettings settings, NoiseSchedule schedule, boolean velocity) {
        this.settings = settings;
        this.schedule = schedule;
        this.velocity = velocity;
    }

    /** One example's draw. */
    private record Drawn(float[] noisy, float[] target, int timestep, float weight) {}

    /**
     * @param step counted from 0
     * @param firstPosition of the first example among all of the step
     * @param microBatches of equal size that the examples are
     */
    public Batch make(List<TrainingExample> examples, int step, int firstPosition, int microBatches) {
        Optional<Denoising> denoising = settings.objective().denoisingWeight() > 0
                ? Optional.of(denoising(examples, step, firstPosition))
                : Optional.empty();
        Optional<FloatTensor> teacher = settings.objective().llmWeight() > 0
                ? Optional.of(stacked(examples.stream().map(BatchMaker::teacher).toList()))
                : Optional.empty();
        return new Batch(
                denoising,
                stacked(examples.stream().map(TrainingExample::simpleStates).toList()),
                stacked(examples.stream().map(TrainingExample::complexStates).toList()),
                teacher,
                dropoutSeeds(step, firstPosition, examples.size() / microBatches, microBatches));
    }

    private List<Long> dropoutSeeds(int step, int firstPosition, int size, int microBatches) {
        return IntStream.range(0, microBatches)
                .map(i -> firstPosition + i * size)
                .mapToObj(position ->
                        Draws.of(settings.seed(), step, -1 - position).nextLong() >>> 1)
                .toList();
    }

    private static FloatTensor teacher(TrainingExample example) {
        return example.teacher()
                .orElseThrow(() -> new TrainingException(
                        "an example has no teacher's vector; add it, or train with llm_weight 0"));
    }

    private Denoising denoising(List<TrainingExample> examples, int step, int firstPosition) {
        int rows = examples.size();
        List<FloatTensor> noisy = new ArrayList<>();
        List<FloatTensor> target = new ArrayList<>();
        long[] timesteps = new long[rows];
        float[] weights = new float[rows];
        for (int i = 0; i < rows; i++) {
            SplittableRandom random = Draws.of(settings.seed(), step, firstPosition + i);
            LatentMoments moments = view(examples.get(i), random);
            Drawn drawn = draw(moments, random);
            noisy.add(FloatTensor.of(drawn.noisy(), moments.mean().shape()));
            target.add(FloatTensor.of(drawn.target(), moments.mean().shape()));
            timesteps[i] = drawn.timestep();
            weights[i] = drawn.weight();
        }
        return new Denoising(
                stacked(noisy), stacked(target), LongTensor.of(timesteps, rows), FloatTensor.of(weights, rows));
    }

    private LatentMoments view(TrainingExample example, SplittableRandom random) {
        if (example.views().isEmpty()) {
            throw new TrainingException("an example has no latents; add them, or train with denoising_weight 0");
        }
        boolean mirrored = random.nextBoolean() && settings.images().randomFlip();
        return example.views().get(mirrored ? example.views().size() - 1 : 0);
    }

    private Drawn draw(LatentMoments moments, SplittableRandom random) {
        long[] shape = moments.mean().shape();
        float[] latents = moments.mean().data().clone();
        float[] spread = new TorchGenerator(random.nextInt()).randn(shape);
        for (int i = 0; i < latents.length; i++) {
            latents[i] += moments.std().data()[i] * spread[i];
        }
        float[] noise = new TorchGenerator(random.nextInt()).randn(shape);
        if (settings.noiseOffset() > 0) {
            shift(noise, new TorchGenerator(random.nextInt()).randn(shape[0]));
        }
        int timestep = random.nextInt(schedule.trainSteps());
        float[] target = velocity ? schedule.velocity(latents, noise, timestep) : noise;
        return new Drawn(schedule.addNoise(latents, noise, timestep), target, timestep, weight(timestep));
    }

    /** Guttenberg, "Diffusion with offset noise": one shift for each channel. */
    private void shift(float[] noise, float[] perChannel) {
        int size = noise.length / perChannel.length;
        for (int i = 0; i < noise.length; i++) {
            noise[i] += (float) settings.noiseOffset() * perChannel[i / size];
        }
    }

    private float weight(int timestep) {
        return settings.snrGamma().isEmpty()
                ? 1
                : (float) schedule.minSnrWeight(timestep, settings.snrGamma().getAsDouble(), velocity);
    }

    private static FloatTensor stacked(List<FloatTensor> rows) {
        long[] shape = rows.get(0).shape();
        int size = rows.get(0).size();
        float[] all = new float[Math.multiplyExact(rows.size(), size)];
        for (int i = 0; i < rows.size(); i++) {
            if (!Arrays.equals(rows.get(i).shape(), shape)) {
                throw new TrainingException("examples of one batch must have equal shapes but have "
                        + Arrays.toString(shape) + " and "
                        + Arrays.toString(rows.get(i).shape())
                        + "; use one model, teacher and resolution for all");
            }
            System.arraycopy(rows.get(i).data(), 0, all, i * size, size);
        }
        long[] stacked = new long[shape.length + 1];
        stacked[0] = rows.size();
        System.arraycopy(shape, 0, stacked, 1, shape.length);
        return FloatTensor.of(all, stacked);
    }
}
