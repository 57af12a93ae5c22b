package io.surstream.models.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.surstream.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Chooses among the kinds of file in which a tokenizer is kept. */
final class TokenizerFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerFolder() {}

    static TokenizerModel read(Path folder) {
        SpecialTokens special = SpecialTokens.read(folder);
        if (Files.exists(folder.resolve("tokenizer.json"))) {
            return TokenizerJson.read(folder.resolve("tokenizer.json"), special);
        }
        if (Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"))) {
            return VocabAndMerges.read(folder, special);
        }
        throw new ModelException(folder + " holds no tokenizer: neither tokenizer.json nor vocab.json with merges.txt");
    }

    /** A JSON file, or a missing node where there is none. */
    static JsonNode json(Path file) {
        if (!Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read (" + e + ")", e);
        }
    }

    /** A vocabulary, token to id. */
    static Map<String, Long> vocab(Path file, JsonNode node) {
        if (!node.isObject() || node.isEmpty()) {
            throw new ModelException(file + ": the vocabulary must be an object of token and id");
        }
        Map<String, Long> vocab = new HashMap<>(node.size() * 2);
        node.properties().forEach(entry -> {
            JsonNode id = entry.getValue();
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
                throw new ModelException(
                        file + ": token '" + entry.getKey() + "' has id " + id + "; ids must be whole numbers from 0");
            }
            vocab.put(entry.getKey(), id.longValue());
        });
        return vocab;
    }

    /** A merge such as {@code "th e</w>"}, whose halves and result must be in the vocabulary. */
    static String[] merge(Path file, String line, String[] halves, Map<String, Long> vocab) {
        if (halves.length != 2 || !vocab.containsKey(halves[0] + halves[1])) {
            throw new ModelException(
                    file + ": merge '" + line + "' must be two tokens whose joining is in the vocabulary");
        }
        return halves;
    }
}
