package io.surstream.playground.world;

/** An image in the making: filled and outlined shapes with 4×4 samples a pixel. Not thread-safe. */
final class Canvas {
    private static final int SIZE = PlaygroundImage.SIZE;
    private static final int SAMPLES = 4;
    private static final int SAMPLES_A_PIXEL = SAMPLES * SAMPLES;

    private static final double HALF_DIAGONAL = 0.71;

    private final byte[] rgb = new byte[SIZE * SIZE * 3];
    private int filled;
    private int lined;

    Canvas(Rgb background) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) background.red();
            rgb[i + 1] = (byte) background.green();
            rgb[i + 2] = (byte) background.blue();
        }
    }

    /** Fills a shape of this radius. */
    void fill(SignedDistanceShape shape, Point centre, double radius, Rgb colour) {
        draw(shape, centre, radius, colour, 0, colour);
    }

    /** Fills a shape and draws a line of this width inside its edge. */
    void draw(SignedDistanceShape shape, Point centre, double radius, Rgb colour, double lineWidth, Rgb line) {
        int top = Math.max(0, (int) Math.floor(centre.y() - radius - 1));
        int bottom = Math.min(SIZE - 1, (int) Math.ceil(centre.y() + radius + 1));
        int left = Math.max(0, (int) Math.floor(centre.x() - radius - 1));
        int right = Math.min(SIZE - 1, (int) Math.ceil(centre.x() + radius + 1));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                cover(x, y, shape, centre, radius, lineWidth);
                mix(x, y, colour, line);
            }
        }
    }

    /** Counts the samples of a pixel in the filling and in the line; a pixel far from both edges needs one look. */
    private void cover(int x, int y, SignedDistanceShape shape, Point centre, double radius, double lineWidth) {
        double depth = radius * shape.distance((x + 0.5 - centre.x()) / radius, (y + 0.5 - centre.y()) / radius);
        filled = depth < -lineWidth - HALF_DIAGONAL ? SAMPLES_A_PIXEL : 0;
        lined = 0;
        if (filled > 0 || depth > HALF_DIAGONAL) {
            return;
        }
        for (int s = 0; s < SAMPLES_A_PIXEL; s++) {
            double sampleX = x + (s % SAMPLES + 0.5) / SAMPLES;
            double sampleY = y + (s / SAMPLES + 0.5) / SAMPLES;
            depth = radius * shape.distance((sampleX - centre.x()) / radius, (sampleY - centre.y()) / radius);
            if (depth <= -lineWidth) {
                filled++;
            } else if (depth < 0) {
                lined++;
            }
        }
    }

    private void mix(int x, int y, Rgb colour, Rgb line) {
        if (filled + lined == 0) {
            return;
        }
        int i = (y * SIZE + x) * 3;
        int rest = SAMPLES_A_PIXEL - filled - lined;
        rgb[i] = mean(rest * (rgb[i] & 0xff) + filled * colour.red() + lined * line.red());
        rgb[i + 1] = mean(rest * (rgb[i + 1] & 0xff) + filled * colour.green() + lined * line.green());
        rgb[i + 2] = mean(rest * (rgb[i + 2] & 0xff) + filled * colour.blue() + lined * line.blue());
    }

    private static byte mean(int sum) {
        return (byte) ((sum + SAMPLES_A_PIXEL / 2) / SAMPLES_A_PIXEL);
    }

    /** The pixels, row by row; the canvas must not be drawn on afterwards. */
    byte[] rgb() {
        return rgb;
    }
}
