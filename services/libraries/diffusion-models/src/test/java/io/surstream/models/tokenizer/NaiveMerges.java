package io.surstream.models.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Byte pair encoding as it is defined: again and again, join the leftmost pair of the lowest rank. */
final class NaiveMerges {
    private NaiveMerges() {}

    static List<String> tokens(List<String[]> merges, String word) {
        List<String> symbols = new ArrayList<>(List.of(word.split("")));
        symbols.set(symbols.size() - 1, symbols.get(symbols.size() - 1) + "</w>");
        while (true) {
            int at = -1;
            for (int rank = 0; rank < merges.size() && at < 0; rank++) {
                at = find(symbols, merges.get(rank));
            }
            if (at < 0) {
                return symbols;
            }
            symbols.set(at, symbols.get(at) + symbols.remove(at + 1));
        }
    }

    private static int find(List<String> symbols, String[] pair) {
        for (int i = 0; i + 1 < symbols.size(); i++) {
            if (symbols.get(i).equals(pair[0]) && symbols.get(i + 1).equals(pair[1])) {
                return i;
            }
        }
        return -1;
    }

    /** Merges as training makes them: of symbols that are there already. */
    static List<String[]> random(Random random, int count) {
        List<String> symbols = new ArrayList<>(List.of("a", "b", "c", "a</w>", "b</w>", "c</w>"));
        List<String[]> merges = new ArrayList<>();
        while (merges.size() < count) {
            String left = symbols.get(random.nextInt(symbols.size()));
            String right = symbols.get(random.nextInt(symbols.size()));
            if (!left.endsWith("</w>") && !symbols.contains(left + right)) {
                merges.add(new String[] {left, right});
                symbols.add(left + right);
            }
        }
        return merges;
    }
}
