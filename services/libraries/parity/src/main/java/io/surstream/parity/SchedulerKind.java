package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ModelException;
import io.surstream.schedulers.Scheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.Schedulers;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whole trajectories for given model outputs, one for each step count of the case; rows of a batch go each its own way. */
record SchedulerKind() implements ParityKind {
    @Override
    public String kind() {
        return "scheduler";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        for (JsonNode steps : folder.params().path("steps")) {
            follow(folder, steps.intValue(), got);
        }
        return got;
    }

    static SchedulerConfig config(CaseFolder folder) {
        try {
            SchedulerConfig config = SchedulerConfig.read(folder.file("config"));
            String className = folder.params().path("class").asText();
            return className.isEmpty() ? config : config.with("_class_name", className);
        } catch (IOException e) {
            throw new ModelException(folder.file("config") + " cannot be read: " + e, e);
        }
    }

    private static void follow(CaseFolder folder, int steps, Map<String, HostTensor> got) {
        String n = "n" + steps + ".";
        FloatTensor noise = folder.floats(n + "noise");
        FloatTensor outputs = folder.floats(n + "model_outputs");
        FloatTensor stepNoise = folder.names().contains(n + "step_noise") ? folder.floats(n + "step_noise") : null;
        double eta = folder.params().path("eta").asDouble(0);
        int rows = (int) noise.shape()[0];
        int row = noise.size() / rows;
        int calls = (int) outputs.shape()[0];
        float[] inputs = new float[calls * rows * row];
        float[] samples = new float[(calls + 1) * rows * row];
        float[] x0 = new float[calls * rows * row];
        for (int r = 0; r < rows; r++) {
            Scheduler scheduler = Schedulers.create(config(folder), steps, eta);
            if (scheduler.timesteps().length != calls) {
                throw new ModelException(folder.path() + ": " + scheduler.timesteps().length + " model calls for "
                        + steps + " steps but the case has " + calls);
            }
            float[] sample = scaled(slice(noise.data(), r * row, row), scheduler.initNoiseSigma());
            System.arraycopy(sample, 0, samples, r * row, row);
            for (int i = 0; i < calls; i++) {
                int at = (i * rows + r) * row;
                System.arraycopy(scheduler.scaleModelInput(sample, i), 0, inputs, at, row);
                float[] drawn = stepNoise == null ? null : slice(stepNoise.data(), at, row);
                Scheduler.Step step = scheduler.step(slice(outputs.data(), at, row), i, sample, drawn);
                sample = step.sample();
                System.arraycopy(step.predX0(), 0, x0, at, row);
                System.arraycopy(sample, 0, samples, at + rows * row, row);
            }
            got.put(n + "timesteps", FloatTensor.of(scheduler.timesteps(), calls));
            got.put(n + "sigmas", FloatTensor.of(scheduler.sigmas(), scheduler.sigmas().length));
        }
        long[] shape = outputs.shape();
        got.put(n + "scaled_inputs", FloatTensor.of(inputs, shape));
        got.put(n + "pred_x0", FloatTensor.of(x0, shape));
        long[] longer = shape.clone();
        longer[0]++;
        got.put(n + "samples", FloatTensor.of(samples, longer));
    }

    private static float[] slice(float[] values, int from, int length) {
        return Arrays.copyOfRange(values, from, from + length);
    }

    private static float[] scaled(float[] values, float factor) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] * factor;
        }
        return result;
    }
}
