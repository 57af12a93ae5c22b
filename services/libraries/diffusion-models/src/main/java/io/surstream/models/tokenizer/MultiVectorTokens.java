package io.surstream.models.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Textual inversions of several vectors. diffusers keeps the vectors of a concept {@code <toy>} as the added tokens {@code <toy>},
 * {@code <toy>_1}, {@code <toy>_2} and so on, and its pipeline writes all of them where a prompt has the first. Immutable.
 */
final class MultiVectorTokens {
    /** The tokens that follow a concept's first one, by the id of that. */
    private final Map<Long, List<Token>> following = new HashMap<>();

    MultiVectorTokens(List<AddedToken> added) {
        Map<String, AddedToken> byContent = added.stream()
                .collect(Collectors.toMap(AddedToken::content, Function.identity(), (first, second) -> first));
        for (AddedToken token : added) {
            List<Token> rest = new ArrayList<>();
            for (AddedToken next = byContent.get(token.content() + "_1"); next != null; ) {
                rest.add(new Token(next.id(), next.content()));
                next = byContent.get(token.content() + '_' + (rest.size() + 1));
            }
            if (!rest.isEmpty()) {
                following.put(token.id(), List.copyOf(rest));
            }
        }
    }

    /** The tokens with each concept's whole, unless the text already spells it out. */
    List<Token> expanded(List<Token> tokens) {
        if (following.isEmpty()) {
            return tokens;
        }
        List<Token> all = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            all.add(tokens.get(i));
            List<Token> rest = following.getOrDefault(tokens.get(i).id(), List.of());
            boolean spelledOut = i + 1 < tokens.size() && rest.indexOf(tokens.get(i + 1)) == 0;
            if (!spelledOut) {
                all.addAll(rest);
            }
        }
        return all;
    }
}
