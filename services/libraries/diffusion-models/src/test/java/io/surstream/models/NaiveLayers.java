package io.surstream.models;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;

/** Layers written down as loops, for batches of one, in double precision. */
final class NaiveLayers {
    private NaiveLayers() {}

    static FloatTensor attention(FloatTensor q, FloatTensor k, FloatTensor v, int heads, boolean causal) {
        int s = (int) q.shape()[1];
        int t = (int) k.shape()[1];
        int c = (int) q.shape()[2];
        int d = c / heads;
        FloatTensor out = FloatTensor.zeros(1, s, c);
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < s; i++) {
                int seen = causal ? i + 1 : t;
                double[] weight = new double[seen];
                double sum = 0;
                for (int j = 0; j < seen; j++) {
                    double dot = 0;
                    for (int n = 0; n < d; n++) {
                        dot += (double) q.data()[i * c + h * d + n] * k.data()[j * c + h * d + n];
                    }
                    weight[j] = Math.exp(dot / Math.sqrt(d));
                    sum += weight[j];
                }
                for (int n = 0; n < d; n++) {
                    double value = 0;
                    for (int j = 0; j < seen; j++) {
                        value += weight[j] / sum * v.data()[j * c + h * d + n];
                    }
                    out.data()[i * c + h * d + n] = (float) value;
                }
            }
        }
        return out;
    }

    static FloatTensor resnet(Map<String, FloatTensor> w, String n, FloatTensor x, int groups, double eps) {
        FloatTensor h = conv(w, n + ".conv1", silu(groupNorm(w, n + ".norm1", x, groups, eps)));
        h = conv(w, n + ".conv2", silu(groupNorm(w, n + ".norm2", h, groups, eps)));
        FloatTensor shortcut = conv(w, n + ".conv_shortcut", x);
        for (int i = 0; i < h.data().length; i++) {
            h.data()[i] += shortcut.data()[i];
        }
        return h;
    }

    private static FloatTensor silu(FloatTensor x) {
        float[] out = new float[x.data().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (x.data()[i] / (1 + Math.exp(-x.data()[i])));
        }
        return FloatTensor.of(out, x.shape());
    }

    private static FloatTensor groupNorm(Map<String, FloatTensor> w, String n, FloatTensor x, int groups, double eps) {
        int channels = (int) x.shape()[1];
        int plane = x.size() / channels;
        int size = x.size() / groups;
        float[] out = new float[x.size()];
        for (int g = 0; g < groups; g++) {
            double mean = 0;
            double square = 0;
            for (int i = g * size; i < (g + 1) * size; i++) {
                mean += x.data()[i] / (double) size;
            }
            for (int i = g * size; i < (g + 1) * size; i++) {
                square += Math.pow(x.data()[i] - mean, 2) / size;
            }
            for (int i = g * size; i < (g + 1) * size; i++) {
                double normed = (x.data()[i] - mean) / Math.sqrt(square + eps);
                out[i] = (float) (normed * w.get(n + ".weight").data()[i / plane]
                        + w.get(n + ".bias").data()[i / plane]);
            }
        }
        return FloatTensor.of(out, x.shape());
    }

    /** Stride 1, padded with zeros to keep the size. */
    private static FloatTensor conv(Map<String, FloatTensor> w, String n, FloatTensor x) {
        FloatTensor kernel = w.get(n + ".weight");
        int out = (int) kernel.shape()[0];
        int in = (int) kernel.shape()[1];
        int size = (int) kernel.shape()[2];
        int height = (int) x.shape()[2];
        int width = (int) x.shape()[3];
        FloatTensor y = FloatTensor.zeros(1, out, height, width);
        for (int o = 0; o < out; o++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double sum = w.get(n + ".bias").data()[o];
                    for (int c = 0; c < in; c++) {
                        for (int i = 0; i < size * size; i++) {
                            int r = row + i / size - size / 2;
                            int s = column + i % size - size / 2;
                            if (r >= 0 && r < height && s >= 0 && s < width) {
                                sum += (double) x.data()[(c * height + r) * width + s]
                                        * kernel.data()[(o * in + c) * size * size + i];
                            }
                        }
                    }
                    y.data()[(o * height + row) * width + column] = (float) sum;
                }
            }
        }
        return y;
    }
}
