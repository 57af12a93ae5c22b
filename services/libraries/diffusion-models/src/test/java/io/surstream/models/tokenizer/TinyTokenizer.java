package io.surstream.models.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small tokenizer on disk: every byte, every byte at a word's end, and a few merges. */
final class TinyTokenizer {
    static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> MERGES = List.of("c a", "ca t</w>", "d o", "do g</w>", "a a", "aa aa", "! !</w>");
    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    private TinyTokenizer() {}

    static Map<String, Integer> vocab() {
        List<String> tokens = new ArrayList<>();
        String bytes = allBytes();
        bytes.chars().forEach(c -> tokens.add(Character.toString(c)));
        bytes.chars().forEach(c -> tokens.add(Character.toString(c) + "</w>"));
        MERGES.forEach(merge -> tokens.add(merge.replace(" ", "")));
        tokens.add(START);
        tokens.add(END);
        Map<String, Integer> vocab = new LinkedHashMap<>();
        tokens.forEach(token -> vocab.put(token, vocab.size()));
        return vocab;
    }

    /** The alphabet, in the order of the bytes that can occur in UTF-8. */
    private static String allBytes() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x11000; c++) {
            if (!Character.isSurrogate((char) c)) {
                ByteAlphabet.spell(Character.toString(c)).chars().forEach(b -> {
                    if (all.indexOf(Character.toString(b)) < 0) {
                        all.appendCodePoint(b);
                    }
                });
            }
        }
        for (int lead = 0x100000; lead > 0x10000; lead -= 0x10000) {
            ByteAlphabet.spell(Character.toString(lead)).chars().forEach(b -> {
                if (all.indexOf(Character.toString(b)) < 0) {
                    all.appendCodePoint(b);
                }
            });
        }
        return all.toString();
    }

    static ClipTokenizer vocabAndMerges(Path folder) throws IOException {
        JSON.writeValue(folder.resolve("vocab.json").toFile(), vocab());
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", MERGES) + "\n");
        return ClipTokenizer.load(folder);
    }

    static ObjectNode json() throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree("""
                {"added_tokens": [], "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"},
                  {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "}, {"type": "Lowercase"}]},
                 "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                  {"type": "Split", "pattern": {"Regex": "'s|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"},
                   "behavior": "Removed", "invert": true},
                  {"type": "ByteLevel", "add_prefix_space": false, "use_regex": true}]},
                 "model": {"type": "BPE", "unk_token": "<|endoftext|>", "end_of_word_suffix": "</w>"}}""");
        ObjectNode model = (ObjectNode) root.get("model");
        model.set("vocab", JSON.valueToTree(vocab()));
        ArrayNode merges = model.putArray("merges");
        MERGES.forEach(merge -> merges.add(JSON.valueToTree(merge.split(" "))));
        return root;
    }

    static ClipTokenizer json(Path folder, ObjectNode root) throws IOException {
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), root);
        return ClipTokenizer.load(folder);
    }
}
