package io.surstream.curator.fetch;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;
import io.surstream.playground.world.SceneRenderer;

/** Draws playground pictures as PNG. */
public final class DrawnImages implements ImageFetcher {

    @Override
    public Outcome<byte[]> fetch(SourceItem item) {
        return item.image() instanceof ImageLocation.Drawn drawn
                ? Outcome.kept(
                        SceneRenderer.picture(drawn.scene(), drawn.seed()).toPng())
                : Outcome.dropped(Stage.FETCH, "missing-file");
    }

    @Override
    public String version(SourceItem item) {
        return "";
    }
}
