package io.surstream.playground.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    @Test
    void whitened_vectors_have_no_mean_unit_variance_and_no_correlation() {
        // given correlated pairs
        Random random = new Random(1);
        double[][] vectors = new double[500][];
        var moments = new Whitening.Moments(2);
        for (int i = 0; i < vectors.length; i++) {
            double a = random.nextGaussian();
            vectors[i] = new double[] {3 + 2 * a, -1 + a + 0.5 * random.nextGaussian()};
            moments.add(vectors[i]);
        }
        // when
        Whitening whitening = moments.whitening();
        // then
        var after = new double[5];
        for (double[] v : vectors) {
            double[] y = apply(whitening, v);
            after[0] += y[0] / vectors.length;
            after[1] += y[1] / vectors.length;
            after[2] += y[0] * y[0] / vectors.length;
            after[3] += y[1] * y[1] / vectors.length;
            after[4] += y[0] * y[1] / vectors.length;
        }
        assertArrayEquals(new double[] {0, 0, 1, 1, 0}, after, 1e-9);
    }

    @Test
    void a_channel_without_variance_is_refused() {
        var moments = new Whitening.Moments(1);
        moments.add(new double[] {2});
        moments.add(new double[] {2});
        assertThrows(IllegalArgumentException.class, moments::whitening);
    }

    @Test
    void folding_whitens_the_mean_and_leaves_the_decoder_input_as_it_was() {
        // given convolutions of one pixel: moments = Q h + q, decoder input = P z + p
        float[] q = {1, 2, 0, 1, -1, 0.5f, 2, 1, 3, 1, 0, 0, 1, 1, 2, 2};
        Map<String, FloatTensor> weights = Map.of(
                "quant_conv.weight", FloatTensor.of(q, 4, 4, 1, 1),
                "quant_conv.bias", FloatTensor.of(new float[] {0.5f, -1, 7, 7}, 4),
                "post_quant_conv.weight", FloatTensor.of(new float[] {1, -2, 0.5f, 3}, 2, 2, 1, 1),
                "post_quant_conv.bias", FloatTensor.of(new float[] {0.1f, 0.2f}, 2));
        Whitening whitening = new Whitening(new double[][] {{0.5, 0}, {-1, 2}}, new double[] {1, -3});
        double[] h = {0.3, -0.7, 1.1, 0.9};
        // when
        Map<String, FloatTensor> folded = LatentWhitening.fold(weights, whitening);
        // then
        double[] mean = affine(weights, "quant_conv", h, 2);
        double[] white = affine(folded, "quant_conv", h, 2);
        assertArrayEquals(apply(whitening, mean), white, 1e-5);
        assertArrayEquals(
                affine(weights, "post_quant_conv", mean, 2), affine(folded, "post_quant_conv", white, 2), 1e-5);
        assertEquals(2 * Math.log(0.02), folded.get("quant_conv.bias").data()[3], 1e-6);
    }

    private static double[] apply(Whitening w, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += w.matrix()[i][j] * (x[j] - w.mean()[j]);
            }
        }
        return y;
    }

    private static double[] affine(Map<String, FloatTensor> weights, String name, double[] x, int rows) {
        float[] matrix = weights.get(name + ".weight").data();
        float[] bias = weights.get(name + ".bias").data();
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            y[i] = bias[i];
            for (int j = 0; j < x.length; j++) {
                y[i] += matrix[i * x.length + j] * x[j];
            }
        }
        return y;
    }
}
