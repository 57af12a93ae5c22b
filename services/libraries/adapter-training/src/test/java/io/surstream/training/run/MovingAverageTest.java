package io.surstream.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decays of diffusers' EMAModel: 0, then 2/11, 3/12, …, at most {@code ema_decay}. */
class MovingAverageTest {
    private static final String NAME = "transformer_encoder.layers.1.linear2.weight";
    private static final String CHECKPOINT = "checkpoint";
    private static final double[] DECAYS = {0, 2 / 11.0, 0.2, 0.2};

    @TempDir
    Path folder;

    @Test
    void the_average_begins_with_the_first_update_and_forgets_quickly_while_it_is_young() {
        try (AdapterRun run = AdapterRun.fresh(SmallTask.with(Map.of("use_ema", true, "ema_decay", 0.2)))) {
            float[] average = null;
            for (int update = 1; update <= DECAYS.length; update++) {
                run.step();
                run.save(folder.resolve(CHECKPOINT));
                float[] parameters = values("training.safetensors", "parameters/" + NAME);
                float[] found = values("training.safetensors", "average/" + NAME);
                for (int i = 0; i < found.length; i++) {
                    double decay = DECAYS[update - 1];
                    double before = average == null ? 0 : average[i];
                    assertEquals(decay * before + (1 - decay) * parameters[i], found[i], 1e-6, "update " + update);
                }
                average = found;
            }
        }
    }

    @Test
    void the_adapter_for_use_is_the_average_where_one_is_kept_and_the_parameters_where_none_is() {
        save(Map.of("use_ema", true));
        assertArrayEquals(values("training.safetensors", "average/" + NAME), values("adapter.safetensors", NAME));
        assertFalse(Arrays.equals(
                values("training.safetensors", "parameters/" + NAME), values("adapter.safetensors", NAME)));

        save(Map.of());
        assertArrayEquals(values("training.safetensors", "parameters/" + NAME), values("adapter.safetensors", NAME));
    }

    private void save(Map<String, Object> settings) {
        try (AdapterRun run = AdapterRun.fresh(SmallTask.with(settings))) {
            run.step();
            run.step();
            run.save(folder.resolve(CHECKPOINT));
        }
    }

    private float[] values(String file, String name) {
        try (Weights weights = Checkpoint.open(folder.resolve(CHECKPOINT).resolve(file))) {
            return weights.get(name).toFloat().data();
        }
    }
}
