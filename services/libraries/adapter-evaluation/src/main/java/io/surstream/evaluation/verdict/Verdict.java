package io.surstream.evaluation.verdict;

/**
 * What follows from a comparison.
 *
 * @param reason one sentence for people
 */
public record Verdict(Kind kind, String reason) {
    public enum Kind {
        /** Meaning rises significantly and quality does not fall. */
        BETTER,
        /** Nothing significant either way. */
        NO_BETTER,
        /** Meaning or quality falls. */
        WORSE
    }
}
