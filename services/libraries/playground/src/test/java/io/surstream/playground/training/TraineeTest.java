package io.surstream.playground.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.playground.training.PlaygroundRecipe.LearningPlan;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraineeTest {
    private static final LearningPlan PLAN = new LearningPlan(3, 1, 0.1, 1, 0.99, 0.01, 0.5);

    @Test
    void three_steps_equal_a_naive_adamw_with_clipping_and_average() {
        // given the loss (2 w - 6)² with w = 1, whose gradient is far above the clipping norm of 1
        Naive naive = new Naive(1);
        try (Trainee trainee = Trainee.fresh(
                "/io/surstream/playground/training/toy_network.torchscript",
                "toy_loss.torchscript",
                List.of(1),
                1,
                PLAN,
                Map.of("w", FloatTensor.of(new float[] {1}, 1)))) {
            FloatTensor x = FloatTensor.scalar(2);
            FloatTensor y = FloatTensor.scalar(6);
            for (int step = 1; step <= 3; step++) {
                // when
                float[] figures = trainee.step(PLAN.learningRateAt(step), x, y, x, y);
                double loss = naive.step(step, PLAN.learningRateAt(step));
                // then
                assertEquals(loss, figures[1], 1e-4);
                assertEquals(naive.w, trainee.weights().get("w").data()[0], 1e-5);
                assertEquals(naive.average, trainee.averagedWeights().get("w").data()[0], 1e-5);
            }
        }
    }

    private static final class Naive {
        private double w;
        private double m;
        private double v;
        private double average;

        Naive(double w) {
            this.w = w;
            this.average = w;
        }

        double step(int step, double learningRate) {
            double error = 2 * w - 6;
            double gradient = 2 * 2 * error;
            gradient *= Math.min(1, 1 / (Math.abs(gradient) + 1e-6));
            w -= learningRate * PLAN.weightDecay() * w;
            m = 0.9 * m + 0.1 * gradient;
            v = PLAN.beta2() * v + (1 - PLAN.beta2()) * gradient * gradient;
            double mHat = m / (1 - Math.pow(0.9, step));
            double vHat = v / (1 - Math.pow(PLAN.beta2(), step));
            w -= learningRate * mHat / (Math.sqrt(vHat) + 1e-8);
            double decay = Math.min(PLAN.emaDecay(), step / (step + 10.0));
            average = decay * average + (1 - decay) * w;
            return error * error;
        }
    }
}
