package io.surstream.parity;

import io.surstream.schedulers.NoiseSchedule;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.util.Arrays;
import java.util.Map;

/** The forward noise process: noisy latents and velocities, one timestep a row, and the tables behind them. */
record AddNoiseKind() implements ParityKind {
    @Override
    public String kind() {
        return "add-noise";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        NoiseSchedule schedule = NoiseSchedule.of(SchedulerKind.config(folder));
        LongTensor timesteps = folder.longs("timesteps");
        FloatTensor latents = folder.floats("latents");
        FloatTensor noise = folder.floats("noise");
        int rows = timesteps.size();
        int row = latents.size() / rows;
        float[] noisy = new float[latents.size()];
        float[] velocity = new float[latents.size()];
        for (int r = 0; r < rows; r++) {
            float[] x = Arrays.copyOfRange(latents.data(), r * row, (r + 1) * row);
            float[] e = Arrays.copyOfRange(noise.data(), r * row, (r + 1) * row);
            int t = (int) timesteps.data()[r];
            System.arraycopy(schedule.addNoise(x, e, t), 0, noisy, r * row, row);
            System.arraycopy(schedule.velocity(x, e, t), 0, velocity, r * row, row);
        }
        return Map.of(
                "noisy", FloatTensor.of(noisy, latents.shape()),
                "velocity", FloatTensor.of(velocity, latents.shape()),
                "betas", FloatTensor.of(schedule.betas(), schedule.trainSteps()),
                "alphas_cumprod", FloatTensor.of(schedule.alphasCumprod(), schedule.trainSteps()));
    }
}
