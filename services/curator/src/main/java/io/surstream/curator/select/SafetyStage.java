package io.surstream.curator.select;

import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Flags what the source calls unsafe, and what says a word of a list in either prompt; drops it where that is asked. Pure. */
public final class SafetyStage {
    private final Pattern words;
    private final boolean dropping;

    /**
     * @param words whole words or phrases, in any case
     * @param dropping whether flagged items end here
     */
    public SafetyStage(Collection<String> words, boolean dropping) {
        this.words = pattern(words);
        this.dropping = dropping;
    }

    /** The words of unsafe-words.txt. */
    public static List<String> standardWords() {
        try (InputStream in = SafetyStage.class.getResourceAsStream("unsafe-words.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("unsafe-words.txt cannot be read", e);
        }
    }

    /** Negative prompts are not looked at: they name what is not wanted. */
    public FilterResult<SourceItem> check(SourceItem item) {
        Set<String> flags = new LinkedHashSet<>(item.flags());
        for (String text : List.of(item.prompt(), item.simplePrompt())) {
            Matcher found = words.matcher(text);
            while (found.find()) {
                flags.add("word:" + found.group().toLowerCase(Locale.ROOT));
            }
        }
        return dropping && !flags.isEmpty()
                ? FilterResult.rejected(Stage.SAFETY, "unsafe")
                : FilterResult.kept(item.withFlags(new ArrayList<>(flags)));
    }

    private static Pattern pattern(Collection<String> words) {
        String any = words.stream().map(String::trim).map(Pattern::quote).collect(Collectors.joining("|"));
        String never = "(?!)";
        return Pattern.compile(
                words.isEmpty() ? never : "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
