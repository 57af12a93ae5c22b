package io.surstream.models.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte pair encoding: the characters of a word, joined pair by pair in the order in which the merges were learned, the
 * leftmost of equal ones first. The work grows as n log n, so that a word of 100,000 characters is no trouble.
 * Short words are remembered, as texts repeat them. Safe for use from many threads.
 */
final class BytePairEncoding {
    private record Pair(String left, String right) {}

    /** A possible join of the symbol at {@code at} with its right neighbour, both as long as they were when it was seen. */
    private record Join(int rank, int at, int leftLength, int rightLength) implements Comparable<Join> {
        @Override
        public int compareTo(Join other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(at, other.at);
        }
    }

    private static final int REMEMBERED_WORDS = 10_000;
    private static final int REMEMBERED_LENGTH = 32;

    private final Map<Pair, Integer> ranks;
    private final String endOfWord;
    private final Map<String, List<String>> remembered = new ConcurrentHashMap<>();

    /** @param merges the two halves of each merge, in order */
    BytePairEncoding(List<String[]> merges, String endOfWord) {
        this.ranks = new HashMap<>(merges.size() * 2);
        this.endOfWord = endOfWord;
        for (int i = 0; i < merges.size(); i++) {
            ranks.putIfAbsent(new Pair(merges.get(i)[0], merges.get(i)[1]), i);
        }
    }

    /** The word's tokens; the last one ends with the end-of-word mark. */
    List<String> tokens(String word) {
        List<String> known = remembered.get(word);
        if (known != null) {
            return known;
        }
        List<String> tokens = new Word(word).joined();
        if (word.length() <= REMEMBERED_LENGTH && remembered.size() < REMEMBERED_WORDS) {
            remembered.put(word, tokens);
        }
        return tokens;
    }

    /** One word while its symbols are being joined: a linked list over positions. */
    private final class Word {
        private final String[] symbols;
        private final int[] next;
        private final int[] previous;
        private final PriorityQueue<Join> joins = new PriorityQueue<>();

        Word(String word) {
            int n = word.length();
            symbols = new String[n];
            next = new int[n];
            previous = new int[n];
            for (int i = 0; i < n; i++) {
                symbols[i] = i == n - 1 ? word.charAt(i) + endOfWord : String.valueOf(word.charAt(i));
                next[i] = i == n - 1 ? -1 : i + 1;
                previous[i] = i - 1;
            }
            for (int i = 0; i < n - 1; i++) {
                offer(i);
            }
        }

        private void offer(int at) {
            if (at < 0 || next[at] < 0) {
                return;
            }
            String left = symbols[at];
            String right = symbols[next[at]];
            Integer rank = ranks.get(new Pair(left, right));
            if (rank != null) {
                joins.add(new Join(rank, at, left.length(), right.length()));
            }
        }

        List<String> joined() {
            while (!joins.isEmpty()) {
                Join join = joins.poll();
                if (isCurrent(join)) {
                    merge(join.at);
                }
            }
            return Arrays.stream(symbols).filter(Objects::nonNull).toList();
        }

        private boolean isCurrent(Join join) {
            int at = join.at;
            return symbols[at] != null
                    && symbols[at].length() == join.leftLength
                    && next[at] >= 0
                    && symbols[next[at]].length() == join.rightLength;
        }

        private void merge(int at) {
            int right = next[at];
            symbols[at] += symbols[right];
            symbols[right] = null;
            next[at] = next[right];
            if (next[at] >= 0) {
                previous[next[at]] = at;
            }
            offer(previous[at]);
            offer(at);
        }
    }
}
