package io.surstream.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses which known name a writer meant: a name of another tool, or at most three edits away. */
public final class NearMiss {

    private static final int MAX_EDITS = 3;
    private static final int MAX_LENGTH = 100;

    /** What other tools call our fields. */
    private static final Map<String, String> SYNONYMS = Map.of(
            "cfg_scale", "guidance_scale",
            "cfg", "guidance_scale",
            "sampler", "scheduler",
            "sampler_name", "scheduler",
            "batch_size", "num_images",
            "images", "num_images",
            "n", "num_images",
            "negative", "negative_prompt",
            "text", "prompt");

    private NearMiss() {}

    /** Whether it is written with - or _, or in camel case, makes no difference. */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String snake =
                name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
        String synonym = SYNONYMS.get(snake);
        if (synonym != null && known.contains(synonym)) {
            return Optional.of(synonym);
        }
        return known.stream()
                .filter(candidate -> edits(snake, candidate) <= Math.min(MAX_EDITS, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> edits(snake, candidate)));
    }

    /** Levenshtein distance, '-' and '_' taken as the same. */
    private static int edits(String a, String b) {
        String other = b.replace('-', '_');
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
