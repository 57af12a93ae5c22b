package io.surstream.playground.world;

import io.surstream.models.image.ImageDecoder;
import io.surstream.models.image.PngWriter;
import io.surstream.models.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;

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

    /** Reads a PNG (or any format of ImageIO) of exactly 64×64 pixels; transparent parts are put on white. */
    public static PlaygroundImage fromPng(byte[] file) throws IOException {
        try (ImageDecoder decoder =
                ImageDecoder.open(file).orElseThrow(() -> new IOException("not an image of a known format"))) {
            if (decoder.width() != SIZE || decoder.height() != SIZE) {
                throw new IOException("not an image of " + SIZE + "×" + SIZE + " pixels but " + decoder.width() + "×"
                        + decoder.height());
            }
            return new PlaygroundImage(RgbImage.of(decoder.decode()).rgb());
        }
    }

    /** One channel (0 red, 1 green, 2 blue) of one pixel, 0..255. */
    public int at(int x, int y, int channel) {
        return rgb[(y * SIZE + x) * 3 + channel] & 0xff;
    }

    public BufferedImage toImage() {
        return new RgbImage(SIZE, SIZE, rgb).toBufferedImage();
    }

    /** The bytes of a PNG file. */
    public byte[] toPng() {
        return PngWriter.plain(toImage());
    }
}
