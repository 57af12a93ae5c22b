package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The metadata.jsonl of a Hugging Face imagefolder: one object a line with {@code file_name}, {@code text} (plain sentence) and
 * {@code prompt} (keyword prompt). A broken line costs only itself. Not thread-safe.
 */
public final class ImageFolderItems extends ItemStream {
    private static final int LONGEST_LINE = 1 << 20;
    private static final Set<String> WANTED = Set.of("file_name", "text", "prompt", "negative_prompt", "nsfw");

    private final BoundedLines lines;
    private final String folder;

    /** @param folder of the metadata inside its source, empty or ending with a slash; file names are relative to it */
    public ImageFolderItems(InputStream metadata, String folder) {
        this.lines = new BoundedLines(metadata, LONGEST_LINE);
        this.folder = folder;
    }

    @Override
    protected FilterResult<SourceItem> advance() throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (lines.wasTooLong()) {
                return FilterResult.rejected(Stage.PARSE, "line-too-long");
            }
            if (!isBlank(line)) {
                return item(line);
            }
        }
        return null;
    }

    private FilterResult<SourceItem> item(byte[] line) throws IOException {
        Map<String, String> fields;
        try (JsonParser json = Fields.JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return FilterResult.rejected(Stage.PARSE, "broken-json");
            }
            fields = Fields.read(json, WANTED);
        } catch (JsonProcessingException e) {
            return FilterResult.rejected(Stage.PARSE, "broken-json");
        }
        String name = fields.getOrDefault("file_name", "");
        if (name.isBlank()) {
            return FilterResult.rejected(Stage.PARSE, "without-image");
        }
        return FilterResult.kept(new SourceItem(
                folder + name,
                fields.getOrDefault("prompt", ""),
                fields.getOrDefault("negative_prompt", ""),
                fields.getOrDefault("text", ""),
                new ImageLocation.Named(folder + name),
                fields.getOrDefault("nsfw", "false").equals("true") ? List.of("source:nsfw") : List.of()));
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
