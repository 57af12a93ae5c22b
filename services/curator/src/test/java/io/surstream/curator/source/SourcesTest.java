package io.surstream.curator.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.curator.fetch.DownloadSettings;
import io.surstream.curator.fetch.Downloads;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.ImportRefusedException;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final String LEXICA = "{\"images\": [{\"id\": \"a\", \"src\": \"http://x/a\", \"prompt\": \"p\"}]}";
    private static final String CIVITAI =
            "{\"items\": [{\"modelVersions\": [{\"images\": [{\"id\": 1, \"url\": \"http://x/1\"}]}]}]}";

    @TempDir
    Path folder;

    private final Downloads downloads =
            new Downloads(new DownloadSettings(Duration.ofSeconds(5), 1, Duration.ZERO, 0, false));
    private final Sources sources = new Sources(downloads, Optional.empty(), 1 << 20, 1 << 20);

    @AfterEach
    void close() {
        downloads.close();
    }

    @Test
    void a_source_is_known_by_its_looks() throws IOException {
        Files.writeString(folder.resolve("civitai"), CIVITAI);
        Files.writeString(folder.resolve("lexica"), LEXICA);

        assertEquals(SourceKind.CIVITAI, kind(folder.resolve("civitai").toString()));
        assertEquals(SourceKind.LEXICA, kind(folder.resolve("lexica").toString()));
        assertEquals(SourceKind.PLAYGROUND, kind("playground:5"));
        Path zip = zip(Map.of("data/train/metadata.jsonl", "{\"file_name\": \"a\", \"prompt\": \"p\"}"));
        assertEquals(SourceKind.IMAGEFOLDER, kind(zip.toString()));
    }

    @Test
    void a_folder_of_pages_is_read_page_by_page_and_a_broken_one_costs_only_itself() throws IOException {
        Files.writeString(folder.resolve("1.json"), LEXICA);
        Files.writeString(folder.resolve("2.json"), "{\"images\": [{]}");
        Files.writeString(folder.resolve("3.json"), LEXICA.replace("\"a\"", "\"c\""));

        List<FilterResult<?>> items = items(folder.toString());

        assertEquals(3, items.size());
        assertEquals(FilterResult.rejected(Stage.PARSE, "broken-json"), items.get(1));
    }

    @Test
    void metadata_of_every_split_count_with_names_relative_to_their_folder() throws IOException {
        for (String split : List.of("train", "test")) {
            Files.createDirectories(folder.resolve(split));
            Files.writeString(
                    folder.resolve(split).resolve("metadata.jsonl"), "{\"file_name\": \"a.png\", \"prompt\": \"p\"}");
        }

        assertEquals(
                List.of("test/a.png", "train/a.png"),
                items(folder.toString()).stream()
                        .map(item -> item.toString().replaceFirst(".*\\[id=([^,]*),.*", "$1"))
                        .toList());
    }

    @Test
    void metadata_that_unpack_to_far_more_than_text_are_left() throws IOException {
        Path zip = zip(Map.of("metadata.jsonl", " ".repeat(100_000_000)));

        assertEquals(List.of(FilterResult.rejected(Stage.PARSE, "archive-bomb")), items(zip.toString()));
    }

    @Test
    void archives_that_are_torn_or_lead_out_of_themselves_are_refused() throws IOException {
        Path torn = Files.writeString(folder.resolve("torn.zip"), "PK\u0003\u0004 and no more");
        assertThrows(ImportRefusedException.class, () -> items(torn.toString()));

        Path stray = zip(
                Map.of("../metadata.jsonl", "{\"file_name\": \"a\", \"prompt\": \"p\"}", "..\\metadata.jsonl", "x"));
        Path outside = Files.createDirectories(folder.resolve("empty"));
        assertEquals(List.of(), Files.list(outside).toList());
        assertEquals(1, items(stray.toString()).size(), "read in place, under a name that leads nowhere");
    }

    @Test
    void only_sources_in_the_configured_folder_are_read() throws IOException {
        Path allowed = Files.createDirectories(folder.resolve("allowed"));
        Files.writeString(allowed.resolve("page.json"), LEXICA);
        Files.writeString(folder.resolve("page.json"), LEXICA);
        Files.createSymbolicLink(allowed.resolve("link.json"), folder.resolve("page.json"));
        Sources fenced = new Sources(downloads, Optional.of(allowed), 1 << 20, 1 << 20);

        fenced.open(allowed.resolve("page.json").toString(), "", "").close();
        for (String outside : List.of("page.json", "allowed/../page.json", "allowed/link.json")) {
            ImportRefusedException refused = assertThrows(
                    ImportRefusedException.class,
                    () -> fenced.open(folder.resolve(outside).toString(), "", ""));
            assertEquals("inside " + allowed, refused.failure().getLimit());
        }
    }

    private SourceKind kind(String source) throws IOException {
        try (OpenSource open = sources.open(source, "", "")) {
            return open.kind();
        }
    }

    private List<FilterResult<?>> items(String source) throws IOException {
        List<FilterResult<?>> items = new ArrayList<>();
        try (OpenSource open = sources.open(source, "", "")) {
            open.items().forEachRemaining(items::add);
        }
        return items;
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path file = folder.resolve("source.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
