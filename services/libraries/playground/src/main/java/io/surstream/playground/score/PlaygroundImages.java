package io.surstream.playground.score;

import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import java.io.IOException;
import java.util.Optional;

/** Images of unknown origin: whether they show a scene of the playground. */
public final class PlaygroundImages {
    private PlaygroundImages() {}

    /**
     * The scene that an image shows; empty where it is not one of the playground's.
     *
     * @param file a PNG, or any format of ImageIO
     */
    public static Optional<Scene> scene(byte[] file) {
        try {
            return scene(SceneReader.read(PlaygroundImage.fromPng(file)));
        } catch (IOException e) {
            // Another size or format: not ours.
            return Optional.empty();
        }
    }

    private static Optional<Scene> scene(Reading shown) {
        boolean whole = shown.count() >= 1
                && shown.count() <= Scene.MAX_COUNT
                && shown.shape().isPresent()
                && shown.colour().isPresent()
                && shown.style().isPresent()
                && shown.arrangement().filter(a -> a.allows(shown.count())).isPresent();
        return whole
                ? Optional.of(new Scene(
                        shown.count(),
                        shown.shape().get(),
                        shown.colour().get(),
                        shown.arrangement().get(),
                        shown.background(),
                        shown.style().get()))
                : Optional.empty();
    }
}
