package io.surstream.playground.world;

/** A picture in the making: filled and outlined shapes with 4×4 samples a pixel. Not thread-safe. */
final class Canvas {
    private static final int SIZE = Picture.SIZE;
    private static final int SAMPLES = 4;
    private static final int SAMPLES_A_PIXEL = SAMPLES * SAMPLES;

    private final byte[] rgb = new byte[SIZE * SIZE * 3];

    Canvas(Rgb background) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) background.red();
            rgb[i + 1] = (byte) background.green();
            rgb[i + 2] = (byte) background.blue();
        }
    }

    /** Fills a shape of this radius. */
    void fill(Silhouette shape, Point centre, double radius, Rgb colour) {
        draw(shape, centre, radius, colour, 0, colour);
    }

    /** Fills a shape and draws a line of this width inside its edge. */
    void draw(Silhouette shape, Point centre, double radius, Rgb colour, double lineWidth, Rgb line) {
        int top = Math.max(0, (int) Math.floor(centre.y() - radius - 1));
        int bottom = Math.min(SIZE - 1, (int) Math.ceil(centre.y() + radius + 1));
        int left = Math.max(0, (int) Math.floor(centre.x() - radius - 1));
        int right = Math.min(SIZE - 1, (int) Math.ceil(centre.x() + radius + 1));
        double lineDepth = -lineWidth / radius;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int filled = 0;
                int lined = 0;
                for (int s = 0; s < SAMPLES_A_PIXEL; s++) {
                    double sampleX = x + (s % SAMPLES + 0.5) / SAMPLES;
                    double sampleY = y + (s / SAMPLES + 0.5) / SAMPLES;
                    double depth = shape.distance((sampleX - centre.x()) / radius, (sampleY - centre.y()) / radius);
                    if (depth <= lineDepth) {
                        filled++;
                    } else if (depth < 0) {
                        lined++;
                    }
                }
                mix(x, y, filled, colour, lined, line);
            }
        }
    }

    private void mix(int x, int y, int filled, Rgb colour, int lined, Rgb line) {
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
