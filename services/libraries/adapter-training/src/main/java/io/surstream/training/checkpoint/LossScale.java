package io.surstream.training.checkpoint;

import io.surstream.torch.tensor.DType;
import java.util.Optional;

/**
 * What a loss is multiplied by on its way back, so that half precision does not lose small gradients inside the UNet: halved
 * when gradients overflow, doubled after 2,000 updates in which they did not. Always a power of two: scaling changes no
 * digits. As PyTorch's GradScaler.
 *
 * @param factor at least 1
 * @param updates since it was changed
 */
public record LossScale(double factor, int updates) {
    private static final double FIRST = 0x1p16;
    private static final double LEAST = 1;
    private static final double MOST = 0x1p24;
    private static final int GROWTH_INTERVAL = 2000;

    /** Only fp16 needs one. */
    public static Optional<LossScale> first(DType dtype) {
        return dtype == DType.FP16 ? Optional.of(new LossScale(FIRST, 0)) : Optional.empty();
    }

    public boolean canFall() {
        return factor > LEAST;
    }

    public LossScale overflowed() {
        return new LossScale(Math.max(LEAST, factor / 2), 0);
    }

    public LossScale updated() {
        return updates + 1 < GROWTH_INTERVAL
                ? new LossScale(factor, updates + 1)
                : new LossScale(Math.max(factor, Math.min(MOST, factor * 2)), 0);
    }
}
