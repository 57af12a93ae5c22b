package io.surstream.models.image;

import java.awt.image.BufferedImage;

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

    /** A copy of an opaque image, such as {@link ImageDecoder#decode} makes; alpha is ignored. */
    public static RgbImage of(BufferedImage image) {
        int[] packed = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] rgb = new byte[packed.length * 3];
        for (int i = 0; i < packed.length; i++) {
            rgb[3 * i] = (byte) (packed[i] >> 16);
            rgb[3 * i + 1] = (byte) (packed[i] >> 8);
            rgb[3 * i + 2] = (byte) packed[i];
        }
        return new RgbImage(image.getHeight(), image.getWidth(), rgb);
    }

    /** The same pixels, for Java 2D; a copy. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] packed = new int[width * height];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
        image.setRGB(0, 0, width, height, packed, 0, width);
        return image;
    }
}
