package io.surstream.playground.score;

import io.surstream.playground.world.Rgb;

/**
 * The colours that a soft or blurred edge can make of an object's filling, its line and the background: a triangle in
 * RGB.
 */
record Mixture(Rgb filling, Rgb line, Rgb background) {

    /** The point of the triangle nearest to a pixel: shares of filling and line (the rest is background), distance. */
    record Nearest(double filling, double line, double distance) {
        private static Nearest closer(Nearest a, Nearest b) {
            return a.distance <= b.distance ? a : b;
        }
    }

    Nearest nearest(Rgb pixel) {
        double[] f = from(background, filling);
        double[] l = from(background, line);
        double[] p = from(background, pixel);
        double ff = dot(f, f);
        double fl = dot(f, l);
        double ll = dot(l, l);
        double determinant = ff * ll - fl * fl;
        double a = (dot(p, f) * ll - dot(p, l) * fl) / determinant;
        double b = (dot(p, l) * ff - dot(p, f) * fl) / determinant;
        if (a >= 0 && b >= 0 && a + b <= 1) {
            return at(a, b, f, l, p);
        }
        double alongFilling = clamp(dot(p, f) / ff);
        double alongLine = clamp(dot(p, l) / ll);
        double[] edge = from(filling, line);
        double alongEdge = clamp(dot(from(filling, pixel), edge) / dot(edge, edge));
        return Nearest.closer(
                Nearest.closer(at(alongFilling, 0, f, l, p), at(0, alongLine, f, l, p)),
                at(1 - alongEdge, alongEdge, f, l, p));
    }

    private static Nearest at(double filling, double line, double[] f, double[] l, double[] p) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            double difference = p[c] - filling * f[c] - line * l[c];
            sum += difference * difference;
        }
        return new Nearest(filling, line, Math.sqrt(sum));
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static double[] from(Rgb origin, Rgb point) {
        return new double[] {point.red() - origin.red(), point.green() - origin.green(), point.blue() - origin.blue()};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
