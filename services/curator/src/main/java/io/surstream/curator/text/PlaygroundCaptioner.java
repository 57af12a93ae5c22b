package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.curator.select.Digest64;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.score.PlaygroundImages;
import io.surstream.playground.world.Scene;
import java.util.Optional;

/**
 * Says what a playground image shows: its attributes are read from the pixels and described in the wider language of
 * teacher and adapter. Of any other image it says nothing.
 */
public final class PlaygroundCaptioner implements Captioner {

    @Override
    public String name() {
        return "playground";
    }

    @Override
    public Optional<String> caption(InspectedImage image, String prompt) {
        return PlaygroundImages.scene(image.bytes()).map(scene -> sentence(scene, image));
    }

    private static String sentence(Scene scene, InspectedImage image) {
        return PlainCaptions.of(scene, Digest64.of(image.sha256()), Split.WIDER);
    }
}
