package io.surstream.playground.world;

/** Everything that a caption says about an image: {@code count} equal objects, 1..4, on one background. */
public record Scene(
        int count, Shape shape, Colour colour, Arrangement arrangement, Background background, Style style) {

    /** The most objects that a scene holds. */
    public static final int MAX_COUNT = 4;

    public Scene {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("scene count must be 1.." + MAX_COUNT + " but is " + count);
        }
        if (!arrangement.allows(count)) {
            throw new IllegalArgumentException(
                    "scene arrangement '" + arrangement.words() + "' is not possible with " + count
                            + " objects: 'alone' is for one, 'in a circle' for three or more, the others for two or more");
        }
    }

    /** The same objects in the way that needs no saying: side by side (one of them: alone), on white, flat. */
    public Scene usual() {
        Arrangement arrangement = count == 1 ? Arrangement.ALONE : Arrangement.SIDE_BY_SIDE;
        return new Scene(count, shape, colour, arrangement, Background.WHITE, Style.FLAT);
    }
}
