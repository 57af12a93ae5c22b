package io.surstream.playground.world;

import java.util.ArrayList;
import java.util.List;

/** Radius in pixels and centres of the objects of one image; objects keep at least two pixels between them. */
record Layout(double radius, List<Point> centres) {
    private static final double MIDDLE = PlaygroundImage.SIZE / 2.0;
    private static final double[] RADIUS = {15, 11.5, 8.5, 6.9};
    private static final double[] PITCH = {0, 28, 20.8, 16};

    static Layout of(int count, Arrangement arrangement, SplitMix64 random) {
        double radius = RADIUS[count - 1] * random.between(0.96, 1.02);
        List<Point> centres =
                switch (arrangement) {
                    case ALONE -> List.of(near(new Point(MIDDLE, MIDDLE), 4, random));
                    case SIDE_BY_SIDE -> line(count, random);
                    case STACKED ->
                        line(count, random).stream()
                                .map(p -> new Point(p.y(), p.x()))
                                .toList();
                    case IN_A_CIRCLE -> circle(count, random);
                    case SCATTERED -> scattered(count, radius, random);
                };
        return new Layout(radius, centres);
    }

    private static List<Point> line(int count, SplitMix64 random) {
        double pitch = PITCH[count - 1] * random.between(0.99, 1);
        double offset = MIDDLE + random.between(-8, 8);
        List<Point> centres = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double along = MIDDLE + (i - (count - 1) / 2.0) * pitch;
            centres.add(near(new Point(along, offset), 0.15, random));
        }
        return centres;
    }

    private static List<Point> circle(int count, SplitMix64 random) {
        double start = -Math.PI / 2 + random.between(-0.12, 0.12);
        double orbit = random.between(18.5, 21);
        List<Point> centres = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = start + 2 * Math.PI * i / count;
            centres.add(new Point(MIDDLE + orbit * StrictMath.cos(angle), MIDDLE + orbit * StrictMath.sin(angle)));
        }
        return centres;
    }

    private static List<Point> scattered(int count, double radius, SplitMix64 random) {
        while (true) {
            List<Point> centres = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                centres.add(new Point(
                        random.between(radius + 1.5, PlaygroundImage.SIZE - radius - 1.5),
                        random.between(radius + 1.5, PlaygroundImage.SIZE - radius - 1.5)));
            }
            if (apart(centres, 2 * radius * Math.sqrt(2) * 0.9) && LayoutRules.isClearlyScattered(centres)) {
                return centres;
            }
        }
    }

    private static boolean apart(List<Point> centres, double least) {
        for (int i = 0; i < centres.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (centres.get(i).distance(centres.get(j)) < least) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Point near(Point point, double jitter, SplitMix64 random) {
        return new Point(point.x() + random.between(-jitter, jitter), point.y() + random.between(-jitter, jitter));
    }
}
