package io.surstream.models.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Finds added tokens in a text: leftmost first, and of those that begin at one place the longest. */
final class AddedTokens {
    /** A stretch of text, or an added token in its place. */
    record Piece(String text, AddedToken token) {}

    private record Entry(String content, AddedToken token) {}

    private final Map<Character, List<Entry>> byFirst = new HashMap<>();

    /** @param spelling how the tokens are spelled in the texts that will be searched */
    AddedTokens(List<AddedToken> tokens, UnaryOperator<String> spelling) {
        for (AddedToken token : tokens) {
            String content = spelling.apply(token.content());
            if (!content.isEmpty()) {
                byFirst.computeIfAbsent(content.charAt(0), c -> new ArrayList<>())
                        .add(new Entry(content, token));
            }
        }
        byFirst.values().forEach(list -> list.sort((a, b) -> Integer.compare(b.content.length(), a.content.length())));
    }

    List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            Entry found = find(text, at);
            if (found == null) {
                at++;
                continue;
            }
            int end = at + found.content.length();
            int begin = at;
            if (found.token.leftStrip()) {
                while (begin > from && isSpace(text.charAt(begin - 1))) begin--;
            }
            if (found.token.rightStrip()) {
                while (end < text.length() && isSpace(text.charAt(end))) end++;
            }
            addText(pieces, text, from, begin);
            pieces.add(new Piece(null, found.token));
            from = end;
            at = end;
        }
        addText(pieces, text, from, text.length());
        return pieces;
    }

    private Entry find(String text, int at) {
        for (Entry entry : byFirst.getOrDefault(text.charAt(at), List.of())) {
            if (text.startsWith(entry.content, at)
                    && !(entry.token.singleWord() && touchesWord(text, at, at + entry.content.length()))) {
                return entry;
            }
        }
        return null;
    }

    private static boolean touchesWord(String text, int begin, int end) {
        return begin > 0 && isWord(text.codePointBefore(begin)) || end < text.length() && isWord(text.codePointAt(end));
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static void addText(List<Piece> pieces, String text, int from, int to) {
        if (from < to) {
            pieces.add(new Piece(text.substring(from, to), null));
        }
    }
}
