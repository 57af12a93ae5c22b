package io.surstream.models.pipeline;

/**
 * An image of 8 bits a channel.
 *
 * @param rgb height × width × 3 bytes, row by row from the top; shared, not to be changed
 */
public record RgbImage(int height, int width, byte[] rgb) {
    public RgbImage {
        if (rgb.length != height * width * 3) {
            throw new IllegalArgumentException("an image of " + height + "x" + width + " has " + height * width * 3
                    + " bytes but got " + rgb.length);
        }
    }
}
