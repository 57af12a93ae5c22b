package io.surstream.curator.fetch;

import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Images in a folder. Nothing outside of it is read, not through a link either. */
public final class FolderImages implements ImageFetcher {
    private final Path root;
    private final int most;

    /**
     * @param root a folder that is there
     * @param most bytes of an image
     */
    public FolderImages(Path root, int most) throws IOException {
        this.root = root.toRealPath();
        this.most = most;
    }

    @Override
    public FilterResult<byte[]> fetch(SourceItem item) {
        List<String> names = ImageNames.of(item);
        if (names.isEmpty() || !ImageNames.isInside(names.get(0))) {
            return FilterResult.rejected(Stage.FETCH, "path-outside-source");
        }
        Optional<Path> file = find(names);
        if (file.isEmpty()) {
            return FilterResult.rejected(Rejection.passing(Stage.FETCH, "missing-file"));
        }
        try {
            Path real = file.get().toRealPath();
            if (!real.startsWith(root)) {
                return FilterResult.rejected(Stage.FETCH, "path-outside-source");
            }
            try (InputStream in = Files.newInputStream(real)) {
                return BoundedBuffer.read(in, most);
            }
        } catch (IOException e) {
            return FilterResult.rejected(Rejection.passing(Stage.FETCH, "unreadable-file"));
        }
    }

    /** Size and time of change. */
    @Override
    public String version(SourceItem item) {
        Optional<Path> file = find(ImageNames.of(item));
        try {
            return file.isEmpty() ? "" : Files.size(file.get()) + "/" + Files.getLastModifiedTime(file.get());
        } catch (IOException e) {
            // It went away or may not be read: fetching it tells.
            return "";
        }
    }

    private Optional<Path> find(List<String> names) {
        return names.stream()
                .filter(ImageNames::isInside)
                .flatMap(name -> path(name).stream())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(root.resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
