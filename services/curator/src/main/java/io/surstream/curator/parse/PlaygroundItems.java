package io.surstream.curator.parse;

import io.surstream.curator.report.FilterResult;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/**
 * Scenes that training may show, each with its exact keyword caption and plain sentences of the wider language, which
 * teacher and adapter learn. The same numbers always give the same items. All scenes come once before one comes again.
 * Not thread-safe.
 */
public final class PlaygroundItems extends ItemStream {
    private final List<Scene> scenes = new ArrayList<>(SceneSpace.training());
    private final long count;
    private final long seed;
    private final int phrasings;
    private long next;

    /**
     * @param count examples
     * @param seed of order, images and phrasings
     * @param phrasings plain sentences for one image, 1 or more
     */
    public PlaygroundItems(long count, long seed, int phrasings) {
        this.count = count;
        this.seed = seed;
        this.phrasings = phrasings;
        new SplitMix64(seed).shuffle(scenes);
    }

    @Override
    protected FilterResult<SourceItem> advance() {
        if (next == count) {
            return null;
        }
        long image = next / phrasings;
        long phrasing = next % phrasings;
        Scene scene = scenes.get((int) (image % scenes.size()));
        // An image's own numbers, far apart for neighbouring seeds.
        long imageSeed = seed * 1_000_003 + image;
        next++;
        return FilterResult.kept(new SourceItem(
                seed + "/" + image + "/" + phrasing,
                KeywordCaptions.of(scene),
                "",
                PlainCaptions.of(scene, imageSeed * 31 + phrasing, Split.WIDER),
                new ImageLocation.Drawn(scene, imageSeed),
                List.of()));
    }

    @Override
    public void close() {}
}
