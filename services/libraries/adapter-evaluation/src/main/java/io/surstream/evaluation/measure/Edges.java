package io.surstream.evaluation.measure;

import io.surstream.models.image.RgbImage;
import java.util.List;

/**
 * How much an image's brightness changes from pixel to pixel, and how abruptly. Their ratio over many images is their
 * sharpness: it falls with blur and does not depend on how many edges there are, so that an adapter which draws two
 * objects instead of four is not taken for a blur.
 *
 * @param gradient sum of absolute differences of neighbours
 * @param laplacian sum of absolute differences of a pixel from the mean of its four neighbours, times four
 */
public record Edges(double gradient, double laplacian) {

    public static Edges of(RgbImage image) {
        double[] luma = luma(image);
        int width = image.width();
        double gradient = 0;
        double laplacian = 0;
        for (int y = 1; y < image.height() - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                double here = luma[at];
                gradient += Math.abs(luma[at + 1] - here) + Math.abs(luma[at + width] - here);
                laplacian += Math.abs(4 * here - luma[at - 1] - luma[at + 1] - luma[at - width] - luma[at + width]);
            }
        }
        return new Edges(gradient, laplacian);
    }

    /** Laplacian over gradient of the images at these indices, which may repeat; 0 where nothing has an edge. */
    public static double sharpness(List<Edges> images, int[] indices) {
        double gradient = 0;
        double laplacian = 0;
        for (int index : indices) {
            gradient += images.get(index).gradient;
            laplacian += images.get(index).laplacian;
        }
        return gradient == 0 ? 0 : laplacian / gradient;
    }

    /** Rec. 601, 0..255. */
    private static double[] luma(RgbImage image) {
        double[] luma = new double[image.height() * image.width()];
        byte[] rgb = image.rgb();
        for (int i = 0; i < luma.length; i++) {
            luma[i] = 0.299 * (rgb[3 * i] & 0xff) + 0.587 * (rgb[3 * i + 1] & 0xff) + 0.114 * (rgb[3 * i + 2] & 0xff);
        }
        return luma;
    }
}
