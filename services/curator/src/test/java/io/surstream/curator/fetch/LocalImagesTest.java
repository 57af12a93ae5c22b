package io.surstream.curator.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Rejection;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImagesTest {
    private static final int MOST = 100;
    private static final List<String> OUTSIDE =
            List.of("../secret.png", "a/../../secret.png", "/etc/passwd", "C:\\x.png", "..\\secret.png", "..", "a\0b");

    @TempDir
    Path folder;

    private Path images;

    @BeforeEach
    void writeImages() throws IOException {
        images = Files.createDirectories(folder.resolve("images/sub")).getParent();
        Files.write(folder.resolve("secret.png"), new byte[] {9});
        Files.write(images.resolve("a.png"), new byte[] {1});
        Files.write(images.resolve("sub/b.JPG.jpeg"), new byte[] {2});
        Files.write(images.resolve("large.png"), new byte[MOST + 1]);
    }

    @Test
    void a_name_is_found_with_and_without_extension() throws IOException {
        FolderImages fetcher = new FolderImages(images, MOST);

        assertArrayEquals(new byte[] {1}, bytes(fetcher.fetch(named("a.png"))));
        assertArrayEquals(new byte[] {1}, bytes(fetcher.fetch(named("a"))));
        assertArrayEquals(new byte[] {2}, bytes(fetcher.fetch(named("sub/b.JPG"))));
    }

    @Test
    void images_of_a_page_are_found_by_the_end_of_their_address_or_by_id() throws IOException {
        FolderImages fetcher = new FolderImages(images, MOST);

        assertArrayEquals(new byte[] {1}, bytes(fetcher.fetch(remote("7", "https://x/y/a.png?w=450"))));
        assertArrayEquals(new byte[] {1}, bytes(fetcher.fetch(remote("a", "https://x/y/other.jpeg"))));
    }

    @Test
    void what_is_missing_or_too_large_is_said() throws IOException {
        FolderImages fetcher = new FolderImages(images, MOST);

        assertEquals(
                FilterResult.rejected(Rejection.passing(Stage.FETCH, "missing-file")),
                fetcher.fetch(named("none.png")));
        assertEquals(FilterResult.rejected(Stage.FETCH, "image-too-large"), fetcher.fetch(named("large.png")));
    }

    @Test
    void nothing_outside_of_the_folder_is_read_not_through_a_link_either() throws IOException {
        Files.createSymbolicLink(images.resolve("link.png"), folder.resolve("secret.png"));
        FolderImages fetcher = new FolderImages(images, MOST);

        assertEquals(FilterResult.rejected(Stage.FETCH, "path-outside-source"), fetcher.fetch(named("link.png")));
        for (String name : OUTSIDE) {
            assertEquals(FilterResult.rejected(Stage.FETCH, "path-outside-source"), fetcher.fetch(named(name)), name);
        }
    }

    @Test
    void another_file_under_the_same_name_is_another_version() throws IOException {
        FolderImages fetcher = new FolderImages(images, MOST);
        String before = fetcher.version(named("a.png"));

        Files.write(images.resolve("a.png"), new byte[] {1, 2});

        assertNotEquals(before, fetcher.version(named("a.png")));
    }

    @Test
    void an_archive_is_read_in_place_and_its_bombs_are_left_at_the_limit() throws IOException {
        Path zip = zip(Map.of("a.png", new byte[] {1}, "bomb.png", new byte[50_000_000], "../up.png", new byte[] {3}));
        try (ZipFile open = new ZipFile(zip.toFile())) {
            ZipImages fetcher = new ZipImages(open, MOST);

            assertArrayEquals(new byte[] {1}, bytes(fetcher.fetch(named("a"))));
            assertEquals(FilterResult.rejected(Stage.FETCH, "image-too-large"), fetcher.fetch(named("bomb.png")));
            assertEquals(FilterResult.rejected(Stage.FETCH, "path-outside-source"), fetcher.fetch(named("../up.png")));
            assertEquals(
                    FilterResult.rejected(Rejection.passing(Stage.FETCH, "missing-file")),
                    fetcher.fetch(named("c.png")));
        }
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("images.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static byte[] bytes(FilterResult<byte[]> outcome) {
        return ((FilterResult.Kept<byte[]>) outcome).value();
    }

    private static SourceItem named(String name) {
        return new SourceItem(name, "p", "", "", new ImageLocation.Named(name), List.of());
    }

    private static SourceItem remote(String id, String url) {
        return new SourceItem(id, "p", "", "", new ImageLocation.Remote(url), List.of());
    }
}
