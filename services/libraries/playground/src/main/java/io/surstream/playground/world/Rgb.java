package io.surstream.playground.world;

/** One colour, each channel 0..255. */
public record Rgb(int red, int green, int blue) {

    /** Euclidean distance in RGB, 0..442. */
    public double distance(Rgb other) {
        double r = red - other.red;
        double g = green - other.green;
        double b = blue - other.blue;
        return Math.sqrt(r * r + g * g + b * b);
    }
}
