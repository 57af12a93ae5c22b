package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;
import io.surstream.playground.captions.SentenceReader;
import io.surstream.playground.score.PlaygroundImages;

/**
 * Reads both the image and the sentence: the share of the image's attributes that the sentence names rightly, 0..1. An
 * image that is not of the playground has 0.
 */
public final class PlaygroundSimilarity implements Scorer {
    /** One attribute of six may be unsaid or wrong. */
    private static final float MOST = 0.8f;

    @Override
    public String name() {
        return "playground";
    }

    @Override
    public float threshold() {
        return MOST;
    }

    @Override
    public float similarity(InspectedImage image, String sentence) {
        return PlaygroundImages.scene(image.bytes())
                .map(scene -> (float) SentenceReader.agreement(sentence, scene))
                .orElse(0f);
    }
}
