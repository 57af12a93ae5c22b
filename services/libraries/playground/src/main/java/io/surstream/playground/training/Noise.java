package io.surstream.playground.training;

import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.tensor.FloatTensor;

/** Standard normal noise of a training step: a pure function of seed and step, so that a resumed run sees the same. */
final class Noise {
    private Noise() {}

    static FloatTensor of(long seed, int step, long... shape) {
        return FloatTensor.of(new TorchGenerator(seed * 1_000_003L + step).randn(shape), shape);
    }
}
