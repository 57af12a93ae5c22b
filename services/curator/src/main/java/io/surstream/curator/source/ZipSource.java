package io.surstream.curator.source;

import io.surstream.curator.fetch.ZipImages;
import io.surstream.curator.parse.Documents;
import io.surstream.curator.parse.ImageFolderItems;
import io.surstream.curator.report.ImportRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An imagefolder in a zip archive, read in place. */
final class ZipSource {
    /** At the top or up to two folders below it: a wrapping folder, a split. */
    private static final Pattern METADATA = Pattern.compile("(?:[^/\\\\]+/){0,2}metadata\\.jsonl");

    private ZipSource() {}

    static OpenSource open(Path file, int mostOfImage) {
        ZipFile zip = zip(file);
        List<Documents.Opening> metadata = zip.stream()
                .filter(entry -> METADATA.matcher(entry.getName()).matches())
                .<Documents.Opening>map(entry -> () -> items(zip, entry))
                .toList();
        if (metadata.isEmpty()) {
            close(zip);
            throw ImportRefusedException.of(
                    "source",
                    file.toString(),
                    "an archive with metadata.jsonl",
                    "the archive " + file + " has no metadata.jsonl at its top or in a folder; add one with a line of"
                            + " file_name, text and prompt for each image");
        }
        return new OpenSource(
                SourceKind.IMAGEFOLDER, new Documents(metadata), new ZipImages(zip, mostOfImage), 0, List.of(zip));
    }

    private static ImageFolderItems items(ZipFile zip, ZipEntry entry) throws IOException {
        String folder = entry.getName().substring(0, entry.getName().length() - "metadata.jsonl".length());
        return new ImageFolderItems(new RatioGuard(zip.getInputStream(entry), entry.getCompressedSize()), folder);
    }

    private static ZipFile zip(Path file) {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException e) {
            throw ImportRefusedException.of(
                    "source",
                    file.toString(),
                    "a whole zip archive",
                    "the archive " + file + " cannot be opened (" + e.getMessage()
                            + "); it may be truncated: copy it again");
        }
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("an archive could not be closed", e);
        }
    }
}
