package io.surstream.playground.world;

/**
 * Signed distance to the edge of a shape of radius one, y downwards: negative inside. One function gives both the
 * filling and a line of even width. Every shape is centred by its bounding box and reaches at most 0.95 from the centre, so that
 * neighbours in a row keep their distance.
 */
@FunctionalInterface
interface SignedDistanceShape {
    /** How far a shape may reach from its centre, as a part of its radius. */
    double REACH = 0.95;

    double distance(double x, double y);

    static SignedDistanceShape circle() {
        return (x, y) -> Math.sqrt(x * x + y * y) - 0.92;
    }

    static SignedDistanceShape ring() {
        double outer = REACH;
        double inner = 0.40;
        return (x, y) -> Math.abs(Math.sqrt(x * x + y * y) - (outer + inner) / 2) - (outer - inner) / 2;
    }

    static SignedDistanceShape square() {
        return polygon(new double[][] {{-0.83, -0.83}, {0.83, -0.83}, {0.83, 0.83}, {-0.83, 0.83}});
    }

    static SignedDistanceShape triangle() {
        return polygon(new double[][] {{0, -0.9}, {REACH, 0.85}, {-REACH, 0.85}});
    }

    static SignedDistanceShape star() {
        double[][] corners = new double[10][];
        for (int i = 0; i < 10; i++) {
            double angle = -StrictMath.PI / 2 + i * StrictMath.PI / 5;
            double radius = i % 2 == 0 ? 1.0 : 0.46;
            corners[i] = new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle) + 0.095};
        }
        return polygon(corners);
    }

    /** The well-known heart curve x = 16 sin³t, y = 13 cos t − 5 cos 2t − 2 cos 3t − cos 4t. */
    static SignedDistanceShape heart() {
        int steps = 40;
        double[][] corners = new double[steps][];
        for (int i = 0; i < steps; i++) {
            double t = 2 * StrictMath.PI * i / steps;
            double s = StrictMath.sin(t);
            double x = 16 * s * s * s;
            double y = 13 * StrictMath.cos(t)
                    - 5 * StrictMath.cos(2 * t)
                    - 2 * StrictMath.cos(3 * t)
                    - StrictMath.cos(4 * t);
            corners[i] = new double[] {x * REACH / 16, -(y + 2.5) * REACH / 16};
        }
        return polygon(corners);
    }

    /** Distance to the nearest edge; the sign by the even-odd rule. */
    private static SignedDistanceShape polygon(double[][] corners) {
        return (x, y) -> {
            double nearest = Double.MAX_VALUE;
            boolean inside = false;
            for (int i = 0, j = corners.length - 1; i < corners.length; j = i++) {
                double ax = corners[i][0];
                double ay = corners[i][1];
                double ex = corners[j][0] - ax;
                double ey = corners[j][1] - ay;
                double along = ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey);
                double t = Math.max(0, Math.min(1, along));
                double dx = x - ax - t * ex;
                double dy = y - ay - t * ey;
                nearest = Math.min(nearest, dx * dx + dy * dy);
                if (ay > y != corners[j][1] > y && x < ax + ex * (y - ay) / ey) {
                    inside = !inside;
                }
            }
            return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
        };
    }
}
