package io.surstream.curator.source;

import io.surstream.curator.fetch.ImageFetcher;
import io.surstream.curator.parse.Documents;
import io.surstream.curator.parse.PageItems;
import io.surstream.curator.parse.PageLook;
import io.surstream.curator.report.ImportRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pages of a crawl: one JSON file, or a folder of them in the order of their names. */
final class PageSource {
    private PageSource() {}

    /** The page itself, or the JSON files right in a folder. */
    static List<Path> pages(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> files = Files.list(fileOrFolder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** @throws ImportRefusedException when the page shows no sign of a crawl that we know */
    static SourceKind kind(Path page) throws IOException {
        try (InputStream in = Files.newInputStream(page)) {
            return PageLook.of(in)
                    .map(SourceKind::of)
                    .orElseThrow(() -> ImportRefusedException.of(
                            "source",
                            page.toString(),
                            "a page of Civitai or Lexica, an imagefolder, or playground:COUNT",
                            page + " does not look like any known kind of source; name its kind, if it has one"));
        }
    }

    static OpenSource open(List<Path> pages, SourceKind kind, ImageFetcher images) {
        List<Documents.Opening> documents = pages.stream()
                .<Documents.Opening>map(page -> () -> items(page, kind))
                .toList();
        return new OpenSource(kind, new Documents(documents), images, 0, List.of());
    }

    private static PageItems items(Path page, SourceKind kind) throws IOException {
        InputStream in = Files.newInputStream(page);
        return kind == SourceKind.CIVITAI ? PageItems.civitai(in) : PageItems.lexica(in);
    }
}
