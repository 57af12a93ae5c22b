package io.surstream.playground.score;

import io.surstream.playground.world.Scene;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which attributes of one image are right; the arrangement is missing where one object was asked for. */
public record Score(Map<Attribute, Boolean> right) {

    public Score {
        right = Collections.unmodifiableMap(new EnumMap<>(right));
    }

    /** Compares what was asked for with what an image shows. */
    public static Score of(Scene asked, Reading shown) {
        Map<Attribute, Boolean> right = new EnumMap<>(Attribute.class);
        right.put(Attribute.COLOUR, shown.colour().equals(Optional.of(asked.colour())));
        right.put(Attribute.COUNT, shown.count() == asked.count());
        right.put(Attribute.SHAPE, shown.shape().equals(Optional.of(asked.shape())));
        right.put(Attribute.BACKGROUND, shown.background() == asked.background());
        right.put(Attribute.STYLE, shown.style().equals(Optional.of(asked.style())));
        if (asked.count() > 1) {
            right.put(Attribute.ARRANGEMENT, shown.arrangement().equals(Optional.of(asked.arrangement())));
        }
        right.put(
                Attribute.TOGETHER,
                right.get(Attribute.COLOUR)
                        && right.get(Attribute.COUNT)
                        && right.getOrDefault(Attribute.ARRANGEMENT, true));
        return new Score(right);
    }
}
