package io.surstream.playground.world;

/** What the objects of a scene are. */
public enum Shape {
    HEART("heart", SignedDistanceShape.heart()),
    STAR("star", SignedDistanceShape.star()),
    CIRCLE("circle", SignedDistanceShape.circle()),
    SQUARE("square", SignedDistanceShape.square()),
    TRIANGLE("triangle", SignedDistanceShape.triangle()),
    RING("ring", SignedDistanceShape.ring());

    private final String words;
    private final SignedDistanceShape silhouette;

    Shape(String words, SignedDistanceShape silhouette) {
        this.words = words;
        this.silhouette = silhouette;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }

    SignedDistanceShape silhouette() {
        return silhouette;
    }
}
