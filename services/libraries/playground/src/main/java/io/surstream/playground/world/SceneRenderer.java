package io.surstream.playground.world;

/**
 * Draws scenes: a pure function of scene and seed, equal to the byte on every machine (only IEEE arithmetic and
 * StrictMath). The seed decides positions, sizes and texture, never anything that a caption tells. Thread-safe.
 */
public final class SceneRenderer {
    private SceneRenderer() {}

    /** RGB bytes, row by row from the top: 64 · 64 · 3. */
    public static byte[] render(Scene scene, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Background background = scene.background();
        Canvas canvas = new Canvas(background.rgb());
        Layout layout = Layout.of(scene.count(), scene.arrangement(), random);
        texture(canvas, background, random);
        SignedDistanceShape silhouette = scene.shape().silhouette();
        double radius = layout.radius();
        double lineWidth = scene.style() == Style.OUTLINED ? Math.max(1.2, 0.14 * radius) : 0;
        for (Point centre : layout.centres()) {
            canvas.draw(silhouette, centre, radius, scene.colour().rgb(), lineWidth, background.outline());
        }
        return canvas.rgb();
    }

    /** The same as an image. */
    public static PlaygroundImage image(Scene scene, long seed) {
        return new PlaygroundImage(render(scene, seed));
    }

    /** Specks so quiet that they cost a small autoencoder little and never look like an object. */
    private static void texture(Canvas canvas, Background background, SplitMix64 random) {
        switch (background) {
            case WHITE -> {}
            case NIGHT_SKY -> specks(canvas, 7, 0.8, new Rgb(78, 80, 112), random);
            case GRASS -> specks(canvas, 10, 1.1, new Rgb(138, 194, 99), random);
            case SAND -> specks(canvas, 10, 1.0, new Rgb(220, 196, 146), random);
        }
    }

    private static void specks(Canvas canvas, int count, double radius, Rgb colour, SplitMix64 random) {
        for (int i = 0; i < count; i++) {
            Point centre =
                    new Point(random.between(1, PlaygroundImage.SIZE - 1), random.between(1, PlaygroundImage.SIZE - 1));
            canvas.fill(SignedDistanceShape.circle(), centre, radius, colour);
        }
    }
}
