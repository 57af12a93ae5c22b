package io.surstream.playground.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Byte pair encoding (Sennrich, Haddow, Birch 2016) in CLIP's form: a word is its characters, the last one marked with
 * {@code </w>}; the most frequent neighbouring pair is merged, again and again, until every word of the corpus is one
 * symbol. Ties go to the pair that sorts first, so that the result depends on the words alone.
 */
final class BytePairTrainer {
    static final String WORD_END = "</w>";

    /** Two neighbouring symbols. */
    record Pair(String left, String right) {
        String merged() {
            return left + right;
        }
    }

    private BytePairTrainer() {}

    /** The merges in the order in which an encoder must apply them. Words are lower-case ASCII with their counts. */
    static List<Pair> merges(Map<String, Integer> wordCounts) {
        Map<String, List<String>> spelled = new HashMap<>();
        wordCounts.keySet().forEach(word -> spelled.put(word, spell(word)));
        List<Pair> merges = new ArrayList<>();
        while (true) {
            Map<Pair, Integer> frequencies = new HashMap<>();
            spelled.forEach((word, symbols) -> {
                for (int i = 0; i + 1 < symbols.size(); i++) {
                    frequencies.merge(new Pair(symbols.get(i), symbols.get(i + 1)), wordCounts.get(word), Integer::sum);
                }
            });
            if (frequencies.isEmpty()) {
                return merges;
            }
            Pair best = mostFrequent(frequencies);
            merges.add(best);
            spelled.values().forEach(symbols -> apply(best, symbols));
        }
    }

    private static Pair mostFrequent(Map<Pair, Integer> frequencies) {
        return frequencies.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<Pair, Integer> e) -> -e.getValue())
                        .thenComparing(e -> e.getKey().left())
                        .thenComparing(e -> e.getKey().right()))
                .orElseThrow()
                .getKey();
    }

    /** Replaces every occurrence of the pair, from the left. */
    static void apply(Pair pair, List<String> symbols) {
        for (int i = 0; i + 1 < symbols.size(); i++) {
            if (symbols.get(i).equals(pair.left()) && symbols.get(i + 1).equals(pair.right())) {
                symbols.set(i, pair.merged());
                symbols.remove(i + 1);
            }
        }
    }

    static List<String> spell(String word) {
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            symbols.add(word.charAt(i) + (i + 1 == word.length() ? WORD_END : ""));
        }
        return symbols;
    }
}
