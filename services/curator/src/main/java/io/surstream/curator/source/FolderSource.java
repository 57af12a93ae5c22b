package io.surstream.curator.source;

import io.surstream.curator.fetch.FolderImages;
import io.surstream.curator.parse.Documents;
import io.surstream.curator.parse.ImageFolderItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An imagefolder on disk. */
final class FolderSource {
    private static final String METADATA = "metadata.jsonl";
    private static final int DEPTH = 3;

    private FolderSource() {}

    /** Empty where the folder has no metadata.jsonl at its top or up to two folders below. */
    static Optional<OpenSource> open(Path folder, int mostOfImage) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            files = all.filter(file -> file.endsWith(METADATA)).sorted().toList();
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        List<Documents.Opening> metadata = files.stream()
                .<Documents.Opening>map(file -> () -> items(folder, file))
                .toList();
        return Optional.of(new OpenSource(
                SourceKind.IMAGEFOLDER, new Documents(metadata), new FolderImages(folder, mostOfImage), 0, List.of()));
    }

    private static ImageFolderItems items(Path folder, Path file) throws IOException {
        String inside = folder.relativize(file.getParent()).toString().replace('\\', '/');
        return new ImageFolderItems(Files.newInputStream(file), inside.isEmpty() ? "" : inside + "/");
    }
}
