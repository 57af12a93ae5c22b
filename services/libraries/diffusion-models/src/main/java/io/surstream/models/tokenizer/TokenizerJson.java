package io.surstream.models.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A tokenizer kept as {@code tokenizer.json}, with CLIP's steps; any other step is refused by name. */
final class TokenizerJson {
    /** What a ByteLevel step with use_regex splits by: GPT-2's words. */
    private static final Pattern BYTE_LEVEL = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Path file;
    private final JsonNode root;
    private final SpecialTokens special;

    private TokenizerJson(Path file, JsonNode root, SpecialTokens special) {
        this.file = file;
        this.root = root;
        this.special = special;
    }

    static TokenizerModel read(Path file, SpecialTokens special) {
        return new TokenizerJson(file, TokenizerFolder.json(file), special).model();
    }

    private TokenizerModel model() {
        JsonNode model = root.path("model");
        require(model.path("type").asText("BPE").equals("BPE"), "model.type", model.path("type"), "BPE");
        require(!model.path("byte_fallback").asBoolean(), "model.byte_fallback", model.path("byte_fallback"), "false");
        JsonNode prefix = model.path("continuing_subword_prefix");
        require(prefix.asText("").isEmpty() || prefix.isNull(), "model.continuing_subword_prefix", prefix, "none");
        Map<String, Long> vocab = TokenizerFolder.vocab(file, model.path("vocab"));
        List<AddedToken> added = added(vocab);
        added.forEach(token -> vocab.putIfAbsent(token.content(), token.id()));
        return new TokenizerModel(
                vocab,
                merges(model.path("merges"), vocab),
                model.path("end_of_word_suffix").isTextual()
                        ? model.path("end_of_word_suffix").textValue()
                        : "",
                new TextNormalizer(steps(root.path("normalizer"))),
                words(root.path("pre_tokenizer")),
                added,
                frame(vocab, "cls", 0, special.start(), "bos_token"),
                frame(vocab, "sep", 1, special.end(), "eos_token"),
                pad(vocab),
                model.path("unk_token").isTextual()
                        ? vocab.getOrDefault(model.path("unk_token").textValue(), -1L)
                        : -1,
                special.maxLength());
    }

    private List<AddedToken> added(Map<String, Long> vocab) {
        Map<String, AddedToken> tokens = new LinkedHashMap<>();
        for (JsonNode node : root.path("added_tokens")) {
            AddedToken token = SpecialTokens.token(node);
            require(token.isWhole(), "added_tokens", node, "an id from 0 and a content each");
            tokens.put(token.content(), token);
        }
        special.added(vocab).forEach(token -> tokens.putIfAbsent(token.content(), token));
        return new ArrayList<>(tokens.values());
    }

    private List<String[]> merges(JsonNode list, Map<String, Long> vocab) {
        require(list.isArray(), "model.merges", list, "a list of pairs of tokens");
        List<String[]> merges = new ArrayList<>(list.size());
        for (JsonNode merge : list) {
            String[] halves = merge.isArray() && merge.size() == 2
                    ? new String[] {merge.get(0).asText(), merge.get(1).asText()}
                    : merge.asText().split(" ");
            merges.add(TokenizerFolder.merge(file, merge.toString(), halves, vocab));
        }
        return merges;
    }

    private List<TextNormalizer.Step> steps(JsonNode normalizer) {
        List<TextNormalizer.Step> steps = new ArrayList<>();
        for (JsonNode step : members(normalizer, "normalizers")) {
            String type = step.path("type").asText();
            switch (type) {
                case "NFC" -> steps.add(TextNormalizer.Step.NFC);
                case "Lowercase" -> steps.add(TextNormalizer.Step.LOWER_CASE);
                default -> {
                    boolean spaces = type.equals("Replace")
                            && step.path("pattern").path("Regex").asText().equals("\\s+")
                            && step.path("content").asText().equals(" ");
                    require(spaces, "normalizer", step, "NFC, Lowercase, Replace of \\s+ by one space");
                    steps.add(TextNormalizer.Step.SPACES);
                }
            }
        }
        return steps;
    }

    private List<Pattern> words(JsonNode preTokenizer) {
        List<Pattern> words = new ArrayList<>();
        for (JsonNode step : members(preTokenizer, "pretokenizers")) {
            String type = step.path("type").asText();
            if (type.equals("Split")) {
                boolean keepsMatches = step.path("invert").asBoolean()
                        && step.path("behavior").asText().equals("Removed")
                        && step.path("pattern").has("Regex");
                require(keepsMatches, "pre_tokenizer", step, "Split that keeps what a Regex finds");
                words.add(compiled(step.path("pattern").path("Regex").asText()));
            } else {
                boolean bytes = type.equals("ByteLevel")
                        && !step.path("add_prefix_space").asBoolean(true);
                require(bytes, "pre_tokenizer", step, "Split, then ByteLevel without add_prefix_space");
                if (step.path("use_regex").asBoolean(true)) {
                    words.add(BYTE_LEVEL);
                }
            }
        }
        return words;
    }

    private Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new ModelException(file + ": pre_tokenizer has the pattern '" + regex + "', which cannot be read", e);
        }
    }

    /** The id that the post-processor puts before (cls) or behind (sep) a text. */
    private long frame(Map<String, Long> vocab, String key, int at, String fallback, String role) {
        JsonNode processor = root.path("post_processor");
        if (processor.path(key).path(1).isIntegralNumber()) {
            return processor.path(key).path(1).longValue();
        }
        List<String> template = new ArrayList<>();
        for (JsonNode item : processor.path("single")) {
            if (item.has("SpecialToken")) {
                template.add(item.path("SpecialToken").path("id").asText());
            }
        }
        if (template.size() == 2) {
            JsonNode ids =
                    processor.path("special_tokens").path(template.get(at)).path("ids");
            require(ids.size() == 1, "post_processor", processor, "one id before and one behind the text");
            return ids.get(0).longValue();
        }
        require(template.isEmpty(), "post_processor", processor, "one token before and one behind the text");
        return VocabAndMerges.id(vocab, fallback, role, file);
    }

    private long pad(Map<String, Long> vocab) {
        JsonNode padding = root.path("padding").path("pad_id");
        return padding.isIntegralNumber() && !special.namesPad()
                ? padding.longValue()
                : VocabAndMerges.id(vocab, special.pad(), "pad_token", file);
    }

    private static Iterable<JsonNode> members(JsonNode step, String members) {
        if (step.isMissingNode() || step.isNull()) {
            return List.of();
        }
        return step.path("type").asText().equals("Sequence") ? step.path(members) : List.of(step);
    }

    private void require(boolean supported, String field, JsonNode value, String what) {
        if (!supported) {
            throw new ModelException(file + ": " + field + " is " + value + "; supported: " + what);
        }
    }
}
