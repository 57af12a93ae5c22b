package io.surstream.curator.source;

import io.surstream.curator.fetch.DownloadException;
import io.surstream.curator.fetch.Downloads;
import io.surstream.curator.fetch.FolderImages;
import io.surstream.curator.fetch.ImageFetcher;
import io.surstream.curator.fetch.RemoteImages;
import io.surstream.curator.report.ImportRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens whatever a request names as its source. Thread-safe. */
public final class Sources {
    private final Downloads downloads;
    private final Optional<Path> within;
    private final int mostOfImage;
    private final long mostOfSource;

    /**
     * @param downloads stays the caller's
     * @param within the folder that must contain local sources; empty: anywhere
     * @param mostOfImage bytes of an image file
     * @param mostOfSource bytes of a page or archive that is downloaded
     */
    public Sources(Downloads downloads, Optional<Path> within, int mostOfImage, long mostOfSource) {
        this.downloads = downloads;
        this.within = within.map(folder -> folder.toAbsolutePath().normalize());
        this.mostOfImage = mostOfImage;
        this.mostOfSource = mostOfSource;
    }

    /** The same for every way to write the same source. */
    public String fullName(String source) {
        return isAddress(source) || source.startsWith(PlaygroundSpec.PREFIX)
                ? source
                : path("source", source).toString();
    }

    /**
     * @param source folder, zip, file, address or playground:COUNT
     * @param kind empty: by the looks
     * @param images folder with the images of pages; empty: by their addresses
     * @throws ImportRefusedException when it cannot be opened
     */
    public OpenSource open(String source, String kind, String images) throws IOException {
        Optional<SourceKind> wanted = kind.isEmpty() ? Optional.empty() : Optional.of(SourceKind.of(kind));
        OpenSource opened = source.startsWith(PlaygroundSpec.PREFIX)
                ? PlaygroundSpec.parse(source).open()
                : isAddress(source) ? download(source, wanted, images) : open(path("source", source), wanted, images);
        if (wanted.isPresent() && opened.kind() != wanted.get()) {
            opened.close();
            throw ImportRefusedException.of(
                    "kind",
                    kind,
                    opened.kind().word(),
                    "kind is " + kind + " but " + source + " is a source of kind "
                            + opened.kind().word());
        }
        return opened;
    }

    private OpenSource open(Path path, Optional<SourceKind> wanted, String images) throws IOException {
        if (Files.isDirectory(path)
                && wanted.map(SourceKind.IMAGEFOLDER::equals).orElse(true)) {
            Optional<OpenSource> folder = FolderSource.open(path, mostOfImage);
            if (folder.isPresent()) {
                return folder.get();
            }
        } else if (Files.isRegularFile(path) && isZip(path)) {
            return ZipSource.open(path, mostOfImage);
        }
        List<Path> pages = PageSource.pages(path);
        if (pages.isEmpty()) {
            throw ImportRefusedException.of(
                    "source",
                    path.toString(),
                    "a folder with metadata.jsonl or with JSON pages",
                    "the folder " + path + " has neither metadata.jsonl nor JSON pages");
        }
        boolean page = wanted.isPresent() && wanted.get() != SourceKind.IMAGEFOLDER;
        SourceKind kind = page ? wanted.get() : PageSource.kind(pages.get(0));
        return PageSource.open(pages, kind, images(images));
    }

    private ImageFetcher images(String folder) throws IOException {
        if (folder.isEmpty()) {
            return new RemoteImages(downloads, mostOfImage);
        }
        Path path = path("images", folder);
        if (!Files.isDirectory(path)) {
            throw ImportRefusedException.of(
                    "images", folder, "a folder", "images must be a folder but " + path + " is a file");
        }
        return new FolderImages(path, mostOfImage);
    }

    private OpenSource download(String source, Optional<SourceKind> wanted, String images) throws IOException {
        Path file = Files.createTempFile("surstream-source", "");
        try {
            downloads.get(source, (in, type, size) -> copy(in, file));
            return open(file, wanted, images).closing(() -> Files.deleteIfExists(file));
        } catch (DownloadException e) {
            Files.deleteIfExists(file);
            throw ImportRefusedException.of(
                    "source",
                    source,
                    "an address that can be downloaded",
                    source + " could not be downloaded: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Path copy(InputStream in, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > mostOfSource) {
                    throw DownloadException.lasting("larger than " + mostOfSource + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
        return file;
    }

    private Path path(String field, String name) {
        try {
            Path path = Path.of(name).toAbsolutePath().normalize();
            Path real = path.toRealPath();
            if (within.isPresent() && !real.startsWith(within.get().toRealPath())) {
                throw ImportRefusedException.of(
                        field,
                        name,
                        "inside " + within.get(),
                        field + " must be in " + within.get() + " (surstream.curator.folder) but is " + path);
            }
            return path;
        } catch (IOException | InvalidPathException e) {
            throw ImportRefusedException.of(
                    field,
                    name,
                    "a file or folder that the curator can read",
                    field + " must be a file or folder that the curator can read but '" + name + "' is not there");
        }
    }

    private static boolean isAddress(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(2);
            return head.length == 2 && head[0] == 'P' && head[1] == 'K';
        }
    }
}
