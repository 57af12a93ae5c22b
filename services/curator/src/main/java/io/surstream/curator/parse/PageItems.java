package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Items of a crawl's pages: JSON with arrays of image descriptions. Not thread-safe. */
public final class PageItems extends ItemStream {
    private static final Set<String> CIVITAI_LISTS = Set.of("items", "modelVersions", "images");
    /** Where Civitai's APIs put a prompt: the images API began to put it into a second meta. */
    private static final List<String> CIVITAI_PLACES = List.of("meta.", "meta.meta.", "");

    private static final Set<String> LEXICA_LISTS = Set.of("images");
    private static final List<String> LEXICA_PLACES = List.of("");
    /** How crawls say that an image is harmless. */
    private static final Set<String> HARMLESS = Set.of("none", "false", "0", "1");

    private final JsonParser json;
    private final ImageDescriptions images;
    private final List<String> places;

    private PageItems(InputStream document, Set<String> lists, List<String> places) throws IOException {
        this.json = Fields.JSON.createParser(document);
        this.places = places;
        Set<String> wanted = new HashSet<>(Set.of("id", "src", "url", "nsfw", "nsfwLevel"));
        for (String place : places) {
            wanted.add(place + "prompt");
            wanted.add(place + "negativePrompt");
        }
        this.images = new ImageDescriptions(json, lists, wanted);
    }

    /**
     * Pages of Civitai's APIs: of models {@code items[].modelVersions[].images[]}, of images {@code items[]}, of one model or
     * version; the prompt in {@code meta}, in {@code meta.meta} or beside it.
     */
    public static PageItems civitai(InputStream document) throws IOException {
        return new PageItems(document, CIVITAI_LISTS, CIVITAI_PLACES);
    }

    /** Answers of Lexica's search, {@code images[]}, and files with the same image descriptions in one array. */
    public static PageItems lexica(InputStream document) throws IOException {
        return new PageItems(document, LEXICA_LISTS, LEXICA_PLACES);
    }

    @Override
    protected FilterResult<SourceItem> advance() throws IOException {
        Map<String, String> image = images.next();
        return image == null ? null : item(image);
    }

    private FilterResult<SourceItem> item(Map<String, String> image) {
        String url = image.getOrDefault("src", image.getOrDefault("url", ""));
        String id = image.getOrDefault("id", url);
        if (id.isBlank()) {
            return FilterResult.rejected(Stage.PARSE, "without-id");
        }
        if (url.isBlank()) {
            return FilterResult.rejected(Stage.PARSE, "without-image");
        }
        return FilterResult.kept(new SourceItem(
                id,
                first(image, "prompt"),
                first(image, "negativePrompt"),
                "",
                new ImageLocation.Remote(url),
                flags(image)));
    }

    private String first(Map<String, String> image, String field) {
        return places.stream()
                .map(place -> image.getOrDefault(place + field, ""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
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
