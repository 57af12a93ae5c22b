package io.surstream.curator.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** Which crawl a JSON document comes from, by the first field names in it. */
public final class PageLook {
    private static final int TOKENS = 10_000;
    private static final Set<String> CIVITAI = Set.of("items", "modelVersions", "modelId", "meta");
    private static final Set<String> LEXICA = Set.of("images", "src", "promptid");

    private PageLook() {}

    /** civitai or lexica; empty where neither is to be seen, as in what is no JSON. */
    public static Optional<String> of(InputStream document) throws IOException {
        try (JsonParser json = Fields.JSON.createParser(document)) {
            JsonToken token = json.nextToken();
            for (int i = 0; i < TOKENS && token != null; i++, token = json.nextToken()) {
                if (token != JsonToken.FIELD_NAME) {
                    continue;
                }
                if (CIVITAI.contains(json.currentName())) {
                    return Optional.of("civitai");
                }
                if (LEXICA.contains(json.currentName())) {
                    return Optional.of("lexica");
                }
                boolean wrapper = ImageDescriptions.WRAPPERS.contains(json.currentName());
                if (json.nextToken() != JsonToken.START_OBJECT || !wrapper) {
                    json.skipChildren();
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
