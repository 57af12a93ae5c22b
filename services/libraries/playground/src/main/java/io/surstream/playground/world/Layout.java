package io.surstream.playground.world;

import java.util.ArrayList;
import java.util.List;

/** Radius in pixels and centres of the objects of one picture; objects keep at least two pixels between them. */
record Layout(double radius, List<Point> centres) {
    private static final double MIDDLE = Picture.SIZE / 2.0;
    private static final double[] RADIUS = {15, 11.5, 8.5, 6.9};
    private static final double[] PITCH = {0, 28, 20.8, 16};

    static Layout of(int count, Arrangement arrangement, Dice dice) {
        double radius = RADIUS[count - 1] * dice.between(0.96, 1.02);
        List<Point> centres =
                switch (arrangement) {
                    case ALONE -> List.of(near(new Point(MIDDLE, MIDDLE), 4, dice));
                    case SIDE_BY_SIDE -> line(count, dice);
                    case STACKED ->
                        line(count, dice).stream()
                                .map(p -> new Point(p.y(), p.x()))
                                .toList();
                    case IN_A_CIRCLE -> circle(count, dice);
                    case SCATTERED -> scattered(count, radius, dice);
                };
        return new Layout(radius, centres);
    }

    private static List<Point> line(int count, Dice dice) {
        double pitch = PITCH[count - 1] * dice.between(0.99, 1);
        double offset = MIDDLE + dice.between(-8, 8);
        List<Point> centres = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double along = MIDDLE + (i - (count - 1) / 2.0) * pitch;
            centres.add(near(new Point(along, offset), 0.15, dice));
        }
        return centres;
    }

    private static List<Point> circle(int count, Dice dice) {
        double start = -Math.PI / 2 + dice.between(-0.12, 0.12);
        double orbit = dice.between(18.5, 21);
        List<Point> centres = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = start + 2 * Math.PI * i / count;
            centres.add(new Point(MIDDLE + orbit * StrictMath.cos(angle), MIDDLE + orbit * StrictMath.sin(angle)));
        }
        return centres;
    }

    private static List<Point> scattered(int count, double radius, Dice dice) {
        while (true) {
            List<Point> centres = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                centres.add(new Point(
                        dice.between(radius + 1.5, Picture.SIZE - radius - 1.5),
                        dice.between(radius + 1.5, Picture.SIZE - radius - 1.5)));
            }
            if (apart(centres, 2 * radius * Math.sqrt(2) * 0.9) && Formation.isClearlyScattered(centres)) {
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

    private static Point near(Point point, double jitter, Dice dice) {
        return new Point(point.x() + dice.between(-jitter, jitter), point.y() + dice.between(-jitter, jitter));
    }
}
