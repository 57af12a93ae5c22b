package io.surstream.playground.tokenizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CLIP's tokenizer in the words of Hugging Face's {@code tokenizer.json}. */
final class LanguageTokenizerJson {
    private static final String PIECES = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private LanguageTokenizerJson() {}

    static Map<String, Object> of(
            Map<String, Integer> vocabulary, List<BytePairTrainer.Pair> merges, String start, String end) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", List.of(special(start, vocabulary), special(end, vocabulary)));
        json.put("normalizer", ordered("type", "Sequence", "normalizers", normalizers()));
        json.put("pre_tokenizer", ordered("type", "Sequence", "pretokenizers", List.of(split(), byteLevel())));
        json.put("post_processor", template(vocabulary, start, end));
        json.put("decoder", byteLevel());
        json.put("model", model(vocabulary, merges, end));
        return json;
    }

    private static Map<String, Object> special(String token, Map<String, Integer> vocabulary) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", vocabulary.get(token));
        entry.put("content", token);
        entry.put("single_word", false);
        entry.put("lstrip", false);
        entry.put("rstrip", false);
        entry.put("normalized", false);
        entry.put("special", true);
        return entry;
    }

    private static List<Map<String, Object>> normalizers() {
        return List.of(
                Map.of("type", "NFC"),
                ordered("pattern", Map.of("Regex", "\\s+"), "type", "Replace", "content", " "),
                Map.of("type", "Lowercase"));
    }

    private static Map<String, Object> split() {
        return ordered("type", "Split", "pattern", Map.of("Regex", PIECES), "behavior", "Removed", "invert", true);
    }

    private static Map<String, Object> byteLevel() {
        return ordered("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
    }

    private static Map<String, Object> template(Map<String, Integer> vocabulary, String start, String end) {
        List<Map<String, Object>> around = List.of(piece(start), sequence("A"), piece(end));
        return ordered(
                "type",
                "TemplateProcessing",
                "single",
                around,
                "pair",
                List.of(piece(start), sequence("A"), piece(end), sequence("B"), piece(end)),
                "special_tokens",
                ordered(start, ids(start, vocabulary), end, ids(end, vocabulary)));
    }

    private static Map<String, Object> piece(String token) {
        return Map.of("SpecialToken", ordered("id", token, "type_id", 0));
    }

    private static Map<String, Object> sequence(String name) {
        return Map.of("Sequence", ordered("id", name, "type_id", 0));
    }

    private static Map<String, Object> ids(String token, Map<String, Integer> vocabulary) {
        return ordered("id", token, "ids", List.of(vocabulary.get(token)), "tokens", List.of(token));
    }

    private static Map<String, Object> model(
            Map<String, Integer> vocabulary, List<BytePairTrainer.Pair> merges, String unknown) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", unknown);
        model.put("continuing_subword_prefix", "");
        model.put("end_of_word_suffix", BytePairTrainer.WORD_END);
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("vocab", vocabulary);
        model.put(
                "merges",
                merges.stream().map(pair -> pair.left() + " " + pair.right()).toList());
        return model;
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
