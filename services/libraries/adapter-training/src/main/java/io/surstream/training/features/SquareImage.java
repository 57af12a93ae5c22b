package io.surstream.training.features;

import io.surstream.models.image.RgbImage;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.settings.ImageSettings;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** An image as the autoencoder takes it: the shorter side resized to the resolution, then cropped to a square. */
final class SquareImage {
    private SquareImage() {}

    /**
     * @param contentHash of the image: without a centre crop, the place follows from its first 8 bytes
     * @return [1,3,R,R] in [-1,1]
     */
    static FloatTensor of(RgbImage image, ImageSettings settings, byte[] contentHash) {
        int side = settings.resolution();
        boolean portrait = image.width() <= image.height();
        int longer =
                (int) ((long) side * Math.max(image.width(), image.height()) / Math.min(image.width(), image.height()));
        RgbImage resized = Resample.to(image, portrait ? longer : side, portrait ? side : longer);
        int spareRows = resized.height() - side;
        int spareColumns = resized.width() - side;
        if (settings.centerCrop()) {
            return tensor(resized, (int) Math.rint(spareRows / 2.0), (int) Math.rint(spareColumns / 2.0), side);
        }
        SplittableRandom place =
                new SplittableRandom(ByteBuffer.wrap(contentHash).getLong());
        return tensor(resized, place.nextInt(spareRows + 1), place.nextInt(spareColumns + 1), side);
    }

    private static FloatTensor tensor(RgbImage image, int top, int left, int side) {
        float[] planes = new float[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = ((top + y) * image.width() + left + x) * 3;
                for (int c = 0; c < 3; c++) {
                    planes[(c * side + y) * side + x] = ((image.rgb()[at + c] & 0xff) / 255f - 0.5f) / 0.5f;
                }
            }
        }
        return FloatTensor.of(planes, 1, 3, side, side);
    }

    /** Left and right exchanged. */
    static FloatTensor mirrored(FloatTensor image) {
        int width = (int) image.shape()[3];
        float[] out = new float[image.size()];
        for (int i = 0; i < out.length; i++) {
            int x = i % width;
            out[i] = image.data()[i - x + width - 1 - x];
        }
        return FloatTensor.of(out, image.shape());
    }
}
