package io.surstream.playground.captions;

import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** Captions as tags: {@code "2 heart, blue, side by side, white background, flat"}. */
public final class KeywordCaptions {
    private static final double ORDERED = 0.5;
    private static final double WHOLE = 0.6;
    private static final double DROP = 0.25;

    private KeywordCaptions() {}

    /** The exact caption: count shape, colour, arrangement, background, style. */
    public static String of(Scene scene) {
        return scene.count() + " " + scene.shape().words() + ", " + String.join(", ", details(scene));
    }

    /**
     * The caption as people vary it, for augmentation: the parts after the first in any order (every second caption),
     * some of them left out (four captions in ten; each part with probability 1/4). Count and shape always lead.
     */
    public static String varied(Scene scene, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<String> parts = new ArrayList<>(details(scene));
        if (!random.chance(ORDERED)) {
            random.shuffle(parts);
        }
        if (!random.chance(WHOLE)) {
            parts.removeIf(part -> random.chance(DROP));
        }
        parts.add(0, scene.count() + " " + scene.shape().words());
        return String.join(", ", parts);
    }

    private static List<String> details(Scene scene) {
        return List.of(
                scene.colour().words(),
                scene.arrangement().words(),
                scene.background().words(),
                scene.style().words());
    }
}
