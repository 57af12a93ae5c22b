package io.surstream.playground.world;

/** A place in an image in pixels from its upper left corner, x to the right and y down. */
public record Point(double x, double y) {

    public double distance(Point other) {
        double dx = x - other.x;
        double dy = y - other.y;
        return Math.sqrt(dx * dx + dy * dy);
    }
}
