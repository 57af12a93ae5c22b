package io.surstream.curator.fetch;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import io.surstream.playground.world.SceneRenderer;

/** Draws playground images as PNG. */
public final class DrawnImages implements ImageFetcher {

    @Override
    public FilterResult<byte[]> fetch(SourceItem item) {
        return item.image() instanceof ImageLocation.Drawn drawn
                ? FilterResult.kept(
                        SceneRenderer.image(drawn.scene(), drawn.seed()).toPng())
                : FilterResult.rejected(Stage.FETCH, "missing-file");
    }

    @Override
    public String version(SourceItem item) {
        return "";
    }
}
