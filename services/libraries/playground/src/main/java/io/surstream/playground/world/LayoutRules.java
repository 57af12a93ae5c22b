package io.surstream.playground.world;

import java.util.Arrays;
import java.util.List;

/**
 * What makes places a row, a stack, a circle or none of these. The layout draws well inside these bounds and the scorer
 * reads with them, so that the meaning of an arrangement is defined in one place.
 */
public final class LayoutRules {
    private static final double CENTRE = PlaygroundImage.SIZE / 2.0;
    private static final double LINE_TOLERANCE = 8;

    private LayoutRules() {}

    /** The arrangement that these centres of objects form. */
    public static Arrangement of(List<Point> centres) {
        if (centres.size() < 2) {
            return Arrangement.ALONE;
        }
        double wide = spread(centres.stream().mapToDouble(Point::x).toArray());
        double high = spread(centres.stream().mapToDouble(Point::y).toArray());
        if (high < LINE_TOLERANCE && wide > 2 * high) {
            return Arrangement.SIDE_BY_SIDE;
        }
        if (wide < LINE_TOLERANCE && high > 2 * wide) {
            return Arrangement.STACKED;
        }
        return isCircle(centres, 1) ? Arrangement.IN_A_CIRCLE : Arrangement.SCATTERED;
    }

    /** Whether these centres are nobody's idea of a row, a stack or a circle: what the layout asks of "scattered". */
    static boolean isClearlyScattered(List<Point> centres) {
        double wide = spread(centres.stream().mapToDouble(Point::x).toArray());
        double high = spread(centres.stream().mapToDouble(Point::y).toArray());
        return Math.min(wide, high) > LINE_TOLERANCE + 4 && !isCircle(centres, 1.4);
    }

    /** Equal distances from their middle, equal angles between them, and the middle near the image's. */
    private static boolean isCircle(List<Point> centres, double slack) {
        int n = centres.size();
        if (n < 3) {
            return false;
        }
        Point middle = new Point(
                centres.stream().mapToDouble(Point::x).average().orElseThrow(),
                centres.stream().mapToDouble(Point::y).average().orElseThrow());
        double[] radii = centres.stream().mapToDouble(middle::distance).toArray();
        double mean = Arrays.stream(radii).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(radii).map(r -> (r - mean) * (r - mean)).average().orElseThrow());
        return deviation < 0.17 * slack * mean
                && largestAngleError(centres, middle) < 0.45 * slack
                && Math.max(Math.abs(middle.x() - CENTRE), Math.abs(middle.y() - CENTRE)) < 8 * slack;
    }

    private static double largestAngleError(List<Point> centres, Point middle) {
        int n = centres.size();
        double[] angles = centres.stream()
                .mapToDouble(p -> StrictMath.atan2(p.y() - middle.y(), p.x() - middle.x()))
                .sorted()
                .toArray();
        double worst = 0;
        for (int i = 0; i < n; i++) {
            double next = i + 1 < n ? angles[i + 1] : angles[0] + 2 * Math.PI;
            worst = Math.max(worst, Math.abs(next - angles[i] - 2 * Math.PI / n));
        }
        return worst;
    }

    private static double spread(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }
}
