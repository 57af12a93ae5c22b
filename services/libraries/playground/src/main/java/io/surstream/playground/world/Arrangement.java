package io.surstream.playground.world;

/** How the objects of a scene are arranged. */
public enum Arrangement {
    ALONE("alone", 1, 1),
    SIDE_BY_SIDE("side by side", 2, Scene.MAX_COUNT),
    STACKED("stacked", 2, Scene.MAX_COUNT),
    SCATTERED("scattered", 2, Scene.MAX_COUNT),
    IN_A_CIRCLE("in a circle", 3, Scene.MAX_COUNT);

    private final String words;
    private final int fewest;
    private final int most;

    Arrangement(String words, int fewest, int most) {
        this.words = words;
        this.fewest = fewest;
        this.most = most;
    }

    /** The words of this value in a keyword caption, lower case. */
    public String words() {
        return words;
    }

    /** Whether that many objects can be arranged like this: one is alone, a circle needs three. */
    public boolean allows(int count) {
        return count >= fewest && count <= most;
    }
}
