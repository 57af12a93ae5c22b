package io.surstream.models.adapter;

import static io.surstream.models.adapter.SmallTraining.POSITIONS;
import static io.surstream.models.adapter.SmallTraining.WIDTH;
import static io.surstream.models.adapter.SmallTraining.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both divergences against their formulas. */
class AdapterLossesTest {
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
