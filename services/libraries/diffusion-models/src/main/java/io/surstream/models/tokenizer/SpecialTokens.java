package io.surstream.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.surstream.models.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code added_tokens.json} say. Every special
 * token is also found in the text as a whole; so an SD 2 tokenizer, which pads with {@code !}, reads that sign as padding.
 */
final class SpecialTokens {
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final int DEFAULT_MAX_LENGTH = 77;
    private static final List<String> ROLES = List.of("bos_token", "eos_token", "unk_token", "pad_token");

    private final JsonNode config;
    private final JsonNode map;
    private final JsonNode added;

    private SpecialTokens(JsonNode config, JsonNode map, JsonNode added) {
        this.config = config;
        this.map = map;
        this.added = added;
    }

    static SpecialTokens read(Path folder) {
        return new SpecialTokens(
                TokenizerFolder.json(folder.resolve("tokenizer_config.json")),
                TokenizerFolder.json(folder.resolve("special_tokens_map.json")),
                TokenizerFolder.json(folder.resolve("added_tokens.json")));
    }

    int maxLength() {
        double length = config.path("model_max_length").asDouble(DEFAULT_MAX_LENGTH);
        // Absurdly large values are how the library writes "not known".
        return length >= 3 && length <= 1 << 20 ? (int) length : DEFAULT_MAX_LENGTH;
    }

    String start() {
        return content(role("bos_token"), START);
    }

    String end() {
        return content(role("eos_token"), END);
    }

    String unknown() {
        return content(role("unk_token"), end());
    }

    String pad() {
        return content(role("pad_token"), end());
    }

    boolean namesPad() {
        return !content(role("pad_token"), "").isEmpty();
    }

    /** Tokens to find in the text, by id; {@code vocab} gives the ids of those that have none here. */
    List<AddedToken> added(Map<String, Long> vocab) {
        Map<String, AddedToken> tokens = new LinkedHashMap<>();
        config.path("added_tokens_decoder").properties().forEach(entry -> {
            AddedToken token = token(number(entry.getKey()), entry.getValue(), false);
            tokens.putIfAbsent(token.content(), token);
        });
        added.properties()
                .forEach(entry -> tokens.putIfAbsent(
                        entry.getKey(),
                        new AddedToken(entry.getValue().asLong(-1), entry.getKey(), true, false, false, false)));
        // A later role's own wording rules, except over what added_tokens_decoder says.
        Map<String, AddedToken> special = new LinkedHashMap<>();
        for (String role : ROLES) {
            JsonNode node = role(role);
            special(special, node.isMissingNode() ? fallback(role) : node, vocab);
        }
        special(special, config.path("additional_special_tokens"), vocab);
        special(special, config.path("extra_special_tokens"), vocab);
        special(special, map.path("additional_special_tokens"), vocab);
        special.forEach(tokens::putIfAbsent);
        for (AddedToken token : tokens.values()) {
            if (!token.isWhole()) {
                throw new ModelException("added token '" + token.content() + "' has id " + token.id()
                        + "; an added token needs a text and an id from 0");
            }
        }
        return new ArrayList<>(tokens.values());
    }

    private static void special(Map<String, AddedToken> tokens, JsonNode node, Map<String, Long> vocab) {
        if (node.isArray()) {
            node.forEach(item -> special(tokens, item, vocab));
            return;
        }
        Long id = vocab.get(content(node, ""));
        if (id != null) {
            AddedToken token = token(id, node, true);
            tokens.put(token.content(), token);
        }
    }

    private static JsonNode fallback(String role) {
        return TextNode.valueOf(role.equals("bos_token") ? START : END);
    }

    private static AddedToken token(long id, JsonNode node, boolean special) {
        if (node.isTextual()) {
            return AddedToken.plain(id, node.textValue());
        }
        return new AddedToken(
                id,
                content(node, ""),
                node.path("normalized")
                        .asBoolean(!special && !node.path("special").asBoolean()),
                node.path("single_word").asBoolean(),
                node.path("lstrip").asBoolean(),
                node.path("rstrip").asBoolean());
    }

    /** As tokenizer.json lists it. */
    static AddedToken token(JsonNode node) {
        return token(node.path("id").asLong(-1), node, false);
    }

    private JsonNode role(String role) {
        boolean mapRules = map.hasNonNull(role) && !config.has("added_tokens_decoder");
        return mapRules || !config.hasNonNull(role) ? map.path(role) : config.path(role);
    }

    private static String content(JsonNode node, String fallback) {
        return node.isTextual() ? node.textValue() : node.path("content").asText(fallback);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ModelException("tokenizer_config.json: added_tokens_decoder has '" + text + "' for an id", e);
        }
    }
}
