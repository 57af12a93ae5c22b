package io.surstream.curator.fetch;

import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Images in a zip archive, read in place: nothing is unpacked to disk, so an entry's name leads nowhere, and an entry that unpacks
 * to more than the limit is left at the limit.
 */
public final class ZipImages implements ImageFetcher {
    private final ZipFile zip;
    private final int most;

    /**
     * @param zip stays the caller's
     * @param most bytes of an image
     */
    public ZipImages(ZipFile zip, int most) {
        this.zip = zip;
        this.most = most;
    }

    @Override
    public FilterResult<byte[]> fetch(SourceItem item) {
        List<String> names = ImageNames.of(item);
        if (names.isEmpty() || !ImageNames.isInside(names.get(0))) {
            return FilterResult.rejected(Stage.FETCH, "path-outside-source");
        }
        Optional<ZipEntry> entry = find(names);
        if (entry.isEmpty()) {
            return FilterResult.rejected(Rejection.passing(Stage.FETCH, "missing-file"));
        }
        if (entry.get().getSize() > most) {
            return BoundedBuffer.tooLarge();
        }
        try (InputStream in = zip.getInputStream(entry.get())) {
            return BoundedBuffer.read(in, most);
        } catch (ZipException e) {
            return FilterResult.rejected(Stage.FETCH, "broken-archive-entry");
        } catch (IOException e) {
            return FilterResult.rejected(Rejection.passing(Stage.FETCH, "unreadable-file"));
        }
    }

    /** The checksum that the archive gives. */
    @Override
    public String version(SourceItem item) {
        return find(ImageNames.of(item))
                .map(entry -> Long.toHexString(entry.getCrc()))
                .orElse("");
    }

    private Optional<ZipEntry> find(List<String> names) {
        return names.stream()
                .map(zip::getEntry)
                .filter(entry -> entry != null && !entry.isDirectory())
                .findFirst();
    }
}
