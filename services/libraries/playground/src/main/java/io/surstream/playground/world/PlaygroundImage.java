package io.surstream.playground.world;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A 64×64 image: RGB bytes, row by row from the top. The array is shared, not copied: do not write to it. */
public record PlaygroundImage(byte[] rgb) {
    /** Width and height in pixels. */
    public static final int SIZE = 64;

    public PlaygroundImage {
        if (rgb.length != SIZE * SIZE * 3) {
            throw new IllegalArgumentException("a playground image has " + SIZE * SIZE * 3 + " bytes (" + SIZE + "×"
                    + SIZE + " RGB) but " + rgb.length + " were given");
        }
    }

    /** Reads a PNG (or any format of ImageIO) of exactly 64×64 pixels. */
    public static PlaygroundImage fromPng(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        if (image == null || image.getWidth() != SIZE || image.getHeight() != SIZE) {
            throw new IOException("not an image of " + SIZE + "×" + SIZE + " pixels"
                    + (image == null ? "" : " but " + image.getWidth() + "×" + image.getHeight()));
        }
        int[] pixels = image.getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
        byte[] rgb = new byte[pixels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return new PlaygroundImage(rgb);
    }

    /** One channel (0 red, 1 green, 2 blue) of one pixel, 0..255. */
    public int at(int x, int y, int channel) {
        return rgb[(y * SIZE + x) * 3 + channel] & 0xff;
    }

    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                image.setRGB(x, y, at(x, y, 0) << 16 | at(x, y, 1) << 8 | at(x, y, 2));
            }
        }
        return image;
    }

    /** The bytes of a PNG file. */
    public byte[] toPng() {
        return png(toImage());
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a PNG into memory failed", e);
        }
        return out.toByteArray();
    }
}
