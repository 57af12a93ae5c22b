package io.surstream.playground.score;

import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IntSummaryStatistics;
import java.util.List;

/**
 * Object pixels that hang together by their sides (4-connected), as indices y·64 + x, and their bounding box (right and
 * bottom exclusive).
 */
record Blob(List<Integer> pixels, int left, int top, int right, int bottom) {
    private static final int SIZE = PlaygroundImage.SIZE;
    private static final int SMALLEST = 14;
    private static final double SMALLEST_SHARE = 0.25;

    /** The blobs of a mask of 64·64, without specks (below 14 pixels or a quarter of the largest blob). */
    static List<Blob> of(boolean[] mask) {
        boolean[] open = mask.clone();
        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < open.length; i++) {
            if (open[i]) {
                blobs.add(around(flood(open, i)));
            }
        }
        int largest = blobs.stream().mapToInt(Blob::area).max().orElse(0);
        return blobs.stream()
                .filter(blob -> blob.area() >= SMALLEST && blob.area() >= SMALLEST_SHARE * largest)
                .toList();
    }

    private static Blob around(List<Integer> pixels) {
        IntSummaryStatistics xs = pixels.stream().mapToInt(i -> i % SIZE).summaryStatistics();
        IntSummaryStatistics ys = pixels.stream().mapToInt(i -> i / SIZE).summaryStatistics();
        return new Blob(pixels, xs.getMin(), ys.getMin(), xs.getMax() + 1, ys.getMax() + 1);
    }

    private static List<Integer> flood(boolean[] open, int start) {
        List<Integer> pixels = new ArrayList<>();
        Deque<Integer> next = new ArrayDeque<>(List.of(start));
        open[start] = false;
        while (!next.isEmpty()) {
            int i = next.pop();
            pixels.add(i);
            int x = i % SIZE;
            visit(open, x > 0, i - 1, next);
            visit(open, x < SIZE - 1, i + 1, next);
            visit(open, i >= SIZE, i - SIZE, next);
            visit(open, i < SIZE * (SIZE - 1), i + SIZE, next);
        }
        return pixels;
    }

    private static void visit(boolean[] open, boolean exists, int i, Deque<Integer> next) {
        if (exists && open[i]) {
            open[i] = false;
            next.push(i);
        }
    }

    int area() {
        return pixels.size();
    }

    /** Whether a pixel is in the bounding box, widened on each side. */
    boolean isNear(int x, int y, int margin) {
        return x >= left - margin && x < right + margin && y >= top - margin && y < bottom + margin;
    }

    /** Middle of the bounding box. */
    Point centre() {
        return new Point((left + right) / 2.0, (top + bottom) / 2.0);
    }
}
