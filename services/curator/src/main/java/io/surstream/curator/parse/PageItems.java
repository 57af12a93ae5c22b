package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import io.surstream.curator.report.Outcome;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Items of a crawl's pages: JSON with arrays of image descriptions. Not thread-safe. */
public final class PageItems extends ItemStream {
    private static final Set<String> CIVITAI =
            Set.of("id", "url", "nsfw", "nsfwLevel", "meta.prompt", "meta.negativePrompt");
    private static final Set<String> LEXICA = Set.of("id", "src", "url", "prompt", "negativePrompt", "nsfw");
    /** How crawls say that an image is harmless. */
    private static final Set<String> HARMLESS = Set.of("none", "false", "0", "1");

    private final JsonParser json;
    private final NestedObjects images;
    private final Set<String> wanted;
    private final String within;

    private PageItems(InputStream document, List<String> path, Set<String> wanted, String within) throws IOException {
        this.json = Fields.JSON.createParser(document);
        this.images = new NestedObjects(json, path);
        this.wanted = wanted;
        this.within = within;
    }

    /** Pages of Civitai's models API: {@code items[].modelVersions[].images[]}, the prompt in {@code meta}. */
    public static PageItems civitai(InputStream document) throws IOException {
        return new PageItems(document, List.of("items", "modelVersions", "images"), CIVITAI, "meta.");
    }

    /** Answers of Lexica's search, {@code images[]}, and files with the same image descriptions in one array. */
    public static PageItems lexica(InputStream document) throws IOException {
        return new PageItems(document, List.of("images"), LEXICA, "");
    }

    @Override
    protected Outcome<SourceItem> advance() throws IOException {
        return images.advance() ? item(Fields.read(json, wanted)) : null;
    }

    private Outcome<SourceItem> item(Map<String, String> image) {
        String url = image.getOrDefault("src", image.getOrDefault("url", ""));
        String id = image.getOrDefault("id", url);
        if (id.isBlank()) {
            return Outcome.dropped(Stage.PARSE, "without-id");
        }
        if (url.isBlank()) {
            return Outcome.dropped(Stage.PARSE, "without-image");
        }
        return Outcome.kept(new SourceItem(
                id,
                image.getOrDefault(within + "prompt", ""),
                image.getOrDefault(within + "negativePrompt", ""),
                "",
                new ImageLocation.Remote(url),
                flags(image)));
    }

    private static List<String> flags(Map<String, String> image) {
        List<String> flags = new ArrayList<>();
        for (String field : List.of("nsfw", "nsfwLevel")) {
            String rating = image.getOrDefault(field, "none");
            if (!HARMLESS.contains(rating.toLowerCase(Locale.ROOT))) {
                flags.add("source:" + (rating.equals("true") ? field : rating));
            }
        }
        return flags;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
