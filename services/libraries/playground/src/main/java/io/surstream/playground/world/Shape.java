package io.surstream.playground.world;

/** What the objects of a scene are. */
public enum Shape {
    HEART("heart", Silhouette.heart()),
    STAR("star", Silhouette.star()),
    CIRCLE("circle", Silhouette.circle()),
    SQUARE("square", Silhouette.square()),
    TRIANGLE("triangle", Silhouette.triangle()),
    RING("ring", Silhouette.ring());

    private final String words;
    private final Silhouette silhouette;

    Shape(String words, Silhouette silhouette) {
        this.words = words;
        this.silhouette = silhouette;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }

    Silhouette silhouette() {
        return silhouette;
    }
}
