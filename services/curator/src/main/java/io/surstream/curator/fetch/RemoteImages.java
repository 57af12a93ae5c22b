package io.surstream.curator.fetch;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Images by HTTP(S). */
public final class RemoteImages implements ImageFetcher {
    private final Downloads downloads;
    private final int most;

    /**
     * @param downloads stays the caller's
     * @param most bytes of an image
     */
    public RemoteImages(Downloads downloads, int most) {
        this.downloads = downloads;
        this.most = most;
    }

    @Override
    public FilterResult<byte[]> fetch(SourceItem item) {
        if (!(item.image() instanceof ImageLocation.Remote remote)) {
            return FilterResult.rejected(Rejection.passing(Stage.FETCH, "missing-file"));
        }
        try {
            return downloads.get(remote.url(), this::read);
        } catch (DownloadException e) {
            return FilterResult.rejected(new Rejection(Stage.FETCH, e.getMessage(), e.isLasting()));
        }
    }

    private FilterResult<byte[]> read(InputStream in, String type, long size) throws IOException {
        String media = type.toLowerCase(Locale.ROOT);
        // Stores that know nothing of images call everything an octet stream; the inspection knows better.
        boolean image = media.isEmpty() || media.startsWith("image/") || media.startsWith("application/octet-stream");
        if (!image) {
            return FilterResult.rejected(Stage.FETCH, "not-an-image");
        }
        return size > most ? BoundedBuffer.tooLarge() : BoundedBuffer.read(in, most);
    }

    /** An address always means the same image: what changes under it is not seen. */
    @Override
    public String version(SourceItem item) {
        return "";
    }
}
